import { assertNever } from '../base/assertNever';
import type { NextAction } from './nextAction';
import type { Refusal } from './refusal';

/** What to change before a request can be sent. */
export function refusalAction(refusal: Refusal): NextAction {
  switch (refusal.kind) {
    case 'variable-unresolved':
      return /^[A-Za-z_]\w*$/.test(refusal.variable)
        ? { kind: 'set-variable', name: refusal.variable }
        : { kind: 'open-entry', field: refusal.where === 'url' ? 'url' : 'headers' };
    case 'url-unreadable':
    case 'url-scheme':
    case 'url-fragment':
      return { kind: 'open-entry', field: 'url' };
    case 'command-empty':
      return { kind: 'open-entry', field: 'command' };
    case 'nul-character':
      return { kind: 'open-entry', field: refusal.where.startsWith('env') ? 'env' : 'command' };
    case 'value-empty':
    case 'scheme-without-token':
    case 'control-character':
    case 'not-latin1':
    case 'inner-white-space':
    case 'too-long':
      return refusal.variable === undefined
        ? { kind: 'open-entry', field: 'headers' }
        : { kind: 'set-variable', name: refusal.variable };
    case 'header-name':
    case 'scheme-doubled':
    case 'outer-white-space':
    case 'quoted':
      return { kind: 'open-entry', field: 'headers' };
    default:
      return assertNever(refusal);
  }
}
