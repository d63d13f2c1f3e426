import * as vscode from 'vscode';
import { searchHistory, secretsOf } from '../secrets/searchHistory';
import type { Services } from '../services';
import { requireTrust } from '../ui/requireTrust';

/** Looks for the credentials of every configuration in the git history of its repository. */
export async function searchWholeHistory(services: Services): Promise<void> {
  requireTrust('Searching the history starts git');
  const queries = services.store
    .allFiles()
    .map((file) => ({ uri: vscode.Uri.parse(file.id, true), secrets: secretsOf(file) }))
    .filter(({ uri, secrets }) => uri.scheme === 'file' && secrets.length > 0);
  await searchHistory(services, queries);
}
