import * as vscode from 'vscode';
import { oneLine } from '../../core/base/text';
import type { PrivateFiles } from '../../core/variables/privateFiles';
import { UserFacingError } from '../ui/errorBoundary';

/**
 * A file on disk is about to be written: what an editor has of it must not be lost.
 * @throws UserFacingError
 */
export function assertSaved(uri: vscode.Uri): void {
  const isSame = (open: vscode.TextDocument) => open.uri.toString() === uri.toString();
  if (vscode.workspace.textDocuments.some((open) => open.isDirty && isSame(open))) {
    throw new UserFacingError(
      `${nameOf(uri)} has changes that are not saved. Save it, then move the value.`,
    );
  }
}

/**
 * Files of a project are written inside of the workspace: whoever made a link in the project does not
 * decide which other file of this machine gets a line.
 * @throws UserFacingError where the file is a link that leads out of it
 */
export async function assertInside(files: PrivateFiles, uri: vscode.Uri): Promise<void> {
  const target = await linkedOutside(files, uri);
  if (target !== undefined) {
    throw new UserFacingError(
      `${nameOf(uri)} is a link that leads out of the workspace, to ${oneLine(target)}. Nothing was written. Put a file in its place, or choose another place for the value.`,
    );
  }
}

/** Where the file leads to outside of the workspace, if it is a link that does. */
export function linkedOutside(files: PrivateFiles, uri: vscode.Uri): Promise<string | undefined> {
  const folders = vscode.workspace.workspaceFolders ?? [];
  const paths = folders.filter((it) => it.uri.scheme === 'file').map((it) => it.uri.fsPath);
  return files.linkedOutside(uri.fsPath, paths);
}

/**
 * The text of the file, empty where there is none.
 * @throws UserFacingError where writing it back would lose something
 */
export async function readForChange(files: PrivateFiles, uri: vscode.Uri): Promise<string> {
  const text = await files.read(uri.fsPath).catch((error: unknown) => {
    throw new UserFacingError(
      `${nameOf(uri)} could not be read: ${reasonOf(error)}. Nothing was moved.`,
    );
  });
  if (text?.includes('\uFFFD') === true) {
    throw new UserFacingError(
      `${nameOf(uri)} is not UTF-8, and writing it would change other lines. Convert it, then move the value.`,
    );
  }
  return text ?? '';
}

/** @throws UserFacingError where another program wrote the file since it had `text` */
export async function assertStill(
  files: PrivateFiles,
  uri: vscode.Uri,
  text: string,
): Promise<void> {
  if ((await readForChange(files, uri)) !== text) {
    throw new UserFacingError(
      `${nameOf(uri)} changed meanwhile, so nothing was moved. Open the lightbulb again.`,
    );
  }
}

/** @throws UserFacingError where it could not be written; then the file is as it was */
export async function writeChange(
  files: PrivateFiles,
  uri: vscode.Uri,
  text: string,
): Promise<void> {
  await files.write(uri.fsPath, text).catch((error: unknown) => {
    throw new UserFacingError(
      `${nameOf(uri)} could not be written: ${reasonOf(error)}. Nothing was moved.`,
    );
  });
}

const reasons: Readonly<Record<string, string>> = {
  ENOSPC: 'the disk is full',
  EDQUOT: 'the disk is full',
  EACCES: 'you do not have the right to',
  EPERM: 'you do not have the right to',
  EROFS: 'the disk is read-only',
  EISDIR: 'it is a folder',
  ENOTDIR: 'its folder is a file',
};

/** Why a file could not be read or written, as it stands behind a colon. */
export function reasonOf(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown error';
  return Object.hasOwn(reasons, code) ? (reasons[code] ?? code) : code;
}

function nameOf(uri: vscode.Uri): string {
  return uri.path.split('/').at(-1) ?? '';
}
