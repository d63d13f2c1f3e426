import * as vscode from 'vscode';
import type { ProxySetting } from '../../core/tokenTest/curlProxy';

/** What the settings say about running curl. */
export interface CurlSettings {
  /** Empty: the one on PATH. */
  readonly path: string;
  readonly timeoutMs: number;
  readonly connectTimeoutMs: number;
  readonly proxy?: ProxySetting;
}

export function readCurlSettings(): CurlSettings {
  const settings = vscode.workspace.getConfiguration('mcpAuth');
  const proxy = readProxy();
  return {
    path: settings.get('curl.path', ''),
    timeoutMs: settings.get('test.timeoutSeconds', 20) * 1000,
    connectTimeoutMs: settings.get('test.connectTimeoutSeconds', 10) * 1000,
    ...(proxy && { proxy }),
  };
}

/**
 * The proxy of the user, never that of a workspace: a folder does not choose what a credential goes
 * through. `http.proxyStrictSSL` is not read, so that it relaxes nothing here.
 */
function readProxy(): ProxySetting | undefined {
  const settings = vscode.workspace.getConfiguration('http');
  const url = settings.inspect<string>('proxy')?.globalValue;
  if (typeof url !== 'string' || settings.inspect('proxySupport')?.globalValue === 'off') {
    return undefined;
  }
  const noProxy: unknown = settings.inspect('noProxy')?.globalValue;
  const hosts: readonly unknown[] = Array.isArray(noProxy) ? noProxy : [];
  return { url, noProxy: hosts.filter((host) => typeof host === 'string') };
}
