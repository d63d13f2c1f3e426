import type { TextDocument } from 'vscode';
import { fixAll, type FixedText } from '../../core/diagnostics/fixAll';
import type { ConfigDocuments } from '../config/configDocuments';

/**
 * Every safe fix of a document, or `undefined` where it is none of ours or not to be edited.
 * @param rule of this rule only
 */
export function fixDocument(
  documents: ConfigDocuments,
  document: TextDocument,
  rule?: string,
): FixedText | undefined {
  const place = documents.current(document)?.config.place;
  if (place === undefined || place.isReadOnly) {
    return undefined;
  }
  const options = documents.optionsFor(document.uri);
  return fixAll(document.getText(), place, rule === undefined ? options : { ...options, rule });
}
