import { dirname, isAbsolute, relative, resolve } from 'node:path';
import type { McpConfig } from '../core/config/mcpConfig';
import type { FileFacts } from '../core/diagnostics/fileFacts';
import { findScriptFindings } from '../core/diagnostics/findScriptFindings';
import { referencedFiles } from '../core/diagnostics/referencedFiles';
import { helperSecretLiteral } from '../core/diagnostics/rules/helper-secret-literal/rule';
import { readHelperScript } from '../core/helperScript/helperScript';
import { checkedScript, type CheckedFile } from './checkedFile';
import type { FoundFile } from './configFiles';
import type { Surroundings } from './findingOptions';

/** A script that a `headersHelper` runs. */
export interface HelperFile {
  /** As it is reported: relative where the configuration's is. */
  readonly path: string;
  readonly text: string;
}

/** The scripts that `config` names, as far as they were looked at. */
export function helperFilesOf(
  { path: configPath }: FoundFile,
  config: McpConfig,
  facts: FileFacts,
): readonly HelperFile[] {
  return referencedFiles(config).flatMap(({ path, use }) => {
    const fact = use === 'helper' ? facts.look(path) : undefined;
    if (fact?.kind !== 'file' || fact.text === undefined) {
      return [];
    }
    const absolute = resolve(dirname(configPath), path);
    const reported = isAbsolute(configPath) ? absolute : relative('.', absolute);
    return [{ path: reported, text: fact.text }];
  });
}

/** What is wrong in `files`, each once; nothing of one in a language that is not known. */
export function checkScripts(
  files: readonly HelperFile[],
  { settings }: Surroundings,
): readonly CheckedFile[] {
  const byPath = new Map(files.map((file) => [resolve(file.path), file]));
  return [...byPath.values()].flatMap(({ path, text }) => {
    const script = readHelperScript(text, path);
    if (script === undefined) {
      return [];
    }
    // Shown covered, also where nobody wants to be told.
    const secrets = [...helperSecretLiteral.checkScript(script)].map(({ range }) => range);
    const suppressions = settings.suppressionsOf(path);
    const options = { fileName: path, settings: settings.rules, suppressions };
    return [checkedScript(path, text, secrets, findScriptFindings(text, options))];
  });
}
