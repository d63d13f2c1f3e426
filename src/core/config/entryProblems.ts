import { lastOfEach } from '../base/lastOfEach';
import type { OffsetRange } from '../base/range';
import { transportOf } from './dialects/transports';
import {
  asString,
  findProperty,
  itemsOf,
  propertiesOf,
  rangeOf,
  type JsonNode,
  type JsonPath,
  type JsonProperty,
} from './json';
import type { Transport } from './mcpConfig';
import { isReservedServerName } from './reservedNames';

/** Why Claude Code skips one entry and loads the rest of the file. */
export type EntryProblem =
  | { readonly kind: 'shadowed' }
  | { readonly kind: 'name-reserved' }
  | { readonly kind: 'not-object'; readonly found: string }
  | { readonly kind: 'type-missing' }
  | { readonly kind: 'type-unknown'; readonly found: string; readonly range: OffsetRange }
  | { readonly kind: 'url-missing' }
  | { readonly kind: 'command-missing' }
  | { readonly kind: 'command-empty'; readonly range: OffsetRange }
  | FieldTypeProblem;

export interface FieldTypeProblem {
  readonly kind: 'field-type';
  /** Within the entry, such as `['env', 'PORT']`. */
  readonly path: JsonPath;
  /** The form that is read, as the end of "… must be". */
  readonly expected: string;
  readonly found: string;
  readonly range: OffsetRange;
}

/**
 * What Claude Code finds wrong with an entry, in the order of its own checks. An empty list means
 * that the entry is loaded.
 */
export function findEntryProblems(name: string, node: JsonNode | undefined): EntryProblem[] {
  if (isReservedServerName(name)) {
    return [{ kind: 'name-reserved' }];
  }
  if (node?.type !== 'object') {
    return [{ kind: 'not-object', found: node?.type ?? 'nothing' }];
  }
  const type = findProperty(node, 'type');
  if (type === undefined) {
    const isRemote = findProperty(node, 'url') && !findProperty(node, 'command');
    return isRemote ? [{ kind: 'type-missing' }] : findStdioProblems(node);
  }
  if (type.value?.type !== 'string') {
    return [
      wrongType(type, ['type'], '"stdio", "http", "sse" or "ws"'),
      ...findStdioProblems(node),
    ];
  }
  const declared = String(type.value.value);
  const transport = transportOf(declared);
  if (transport === undefined) {
    return [{ kind: 'type-unknown', found: declared, range: rangeOf(type.value) }];
  }
  return transport === 'stdio' ? findStdioProblems(node) : findRemoteProblems(node, transport);
}

function findStdioProblems(node: JsonNode): EntryProblem[] {
  const command = findProperty(node, 'command');
  const problems: EntryProblem[] = [];
  if (command === undefined) {
    problems.push({ kind: 'command-missing' });
  } else if (command.value?.type !== 'string') {
    problems.push(wrongType(command, ['command'], 'a string'));
  } else if (command.value.value === '') {
    problems.push({ kind: 'command-empty', range: rangeOf(command.value) });
  }
  return [...problems, ...checkFields(node, fields.stdio)];
}

function findRemoteProblems(node: JsonNode, transport: Transport): EntryProblem[] {
  const url = findProperty(node, 'url');
  const problems: EntryProblem[] = [];
  if (url === undefined) {
    problems.push({ kind: 'url-missing' });
  } else if (url.value?.type !== 'string') {
    problems.push(wrongType(url, ['url'], 'a string'));
  }
  return [...problems, ...checkFields(node, fields[transport])];
}

/** A property, or an item of a list. */
type Checked = Pick<JsonProperty, 'value' | 'range'>;

/** What is wrong with a value at `parents` and `key`; nearly always nothing. */
type Check = (
  checked: Checked,
  parents: JsonPath,
  key: string | number,
) => readonly FieldTypeProblem[];

const nothing: readonly FieldTypeProblem[] = [];

/** What is read, in the order in which the client looks. */
type Checks = readonly (readonly [key: string, check: Check])[];

function checkFields(node: JsonNode, checks: Checks, path: JsonPath = []): FieldTypeProblem[] {
  const problems: FieldTypeProblem[] = [];
  for (const [key, check] of checks) {
    const property = findProperty(node, key);
    if (property !== undefined) {
      problems.push(...check(property, path, key));
    }
  }
  return problems;
}

function wrongType(property: Checked, path: JsonPath, expected: string): FieldTypeProblem {
  const { value, range } = property;
  return {
    kind: 'field-type',
    path,
    expected,
    found: value?.type ?? 'nothing',
    range: value ? rangeOf(value) : range,
  };
}

/** A check that a predicate over the value's node decides. */
function expect(expected: string, holds: (node: JsonNode) => boolean): Check {
  return (property, parents, key) =>
    property.value && holds(property.value)
      ? nothing
      : [wrongType(property, [...parents, key], expected)];
}

const string = expect('a string', (node) => node.type === 'string');
const boolean = expect('true or false', (node) => node.type === 'boolean');
const positiveInteger = expect(
  'a whole number above 0',
  ({ type, value }) => type === 'number' && Number.isSafeInteger(value) && Number(value) > 0,
);
const nonEmptyString = expect(
  'one string with at least one scope',
  ({ type, value }) => type === 'string' && value !== '',
);
const httpsUrl = expect('a URL that starts with https://', (node) => {
  const value = asString(node)?.value ?? '';
  return URL.canParse(value) && new URL(value).protocol === 'https:';
});

const strings: Check = (property, parents, key) => {
  if (property.value?.type !== 'array') {
    return [wrongType(property, [...parents, key], 'a list of strings')];
  }
  const items = itemsOf(property.value);
  if (items.every(({ type }) => type === 'string')) {
    return nothing;
  }
  const path = [...parents, key];
  return items.flatMap((item, index) => string({ value: item, range: item }, path, index));
};

function mapOf(check: Check, expected: string): Check {
  return (property, parents, key) => {
    if (property.value?.type !== 'object') {
      return [wrongType(property, [...parents, key], expected)];
    }
    const entries = propertiesOf(property.value);
    if (entries.every((entry) => check(entry, parents, key).length === 0)) {
      return nothing;
    }
    const path = [...parents, key];
    return lastOfEach(entries, (entry) => entry.key).flatMap((entry) =>
      check(entry, path, entry.key),
    );
  };
}

const stringMap = mapOf(string, 'an object of strings');

function objectOf(record: Readonly<Record<string, Check>>): Check {
  const checks = Object.entries(record);
  return (property, parents, key) =>
    property.value?.type === 'object'
      ? checkFields(property.value, checks, [...parents, key])
      : [wrongType(property, [...parents, key], 'an object')];
}

const oauthObject = objectOf({
  clientId: string,
  callbackPort: positiveInteger,
  authServerMetadataUrl: httpsUrl,
  scopes: nonEmptyString,
  xaa: boolean,
});

function oneOf(...values: readonly string[]): Check {
  return expect(
    values
      .map((value) => `"${value}"`)
      .join(', ')
      .replace(/, ([^,]+)$/, ' or $1'),
    (node) => node.type === 'string' && values.includes(String(node.value)),
  );
}

const tool = objectOf({
  name: string,
  permission_policy: oneOf('always_allow', 'always_ask', 'always_deny'),
});

const tools: Check = (property, parents, key) => {
  const path = [...parents, key];
  if (property.value?.type !== 'array') {
    return [wrongType(property, path, 'a list of objects with a name')];
  }
  return itemsOf(property.value).flatMap((item, index) => {
    if (item.type === 'object' && findProperty(item, 'name') === undefined) {
      return [
        wrongType({ value: undefined, range: rangeOf(item) }, [...path, index, 'name'], 'a string'),
      ];
    }
    return tool({ value: item, range: item }, path, index);
  });
};

const common: Checks = Object.entries({ timeout: positiveInteger, alwaysLoad: boolean });
const remote: Checks = [
  ...Object.entries({ headers: stringMap, headersHelper: string }),
  ...common,
];
const http: Checks = [
  ...remote,
  ...Object.entries({
    oauth: oauthObject,
    tools,
    toolPermissions: mapOf(oneOf('allow', 'ask', 'blocked'), 'an object of strings'),
  }),
];

/** The fields that each transport reads, besides those it cannot do without. */
const fields: Readonly<Record<Transport, Checks>> = {
  stdio: [...Object.entries({ args: strings, env: stringMap }), ...common],
  http,
  sse: http,
  ws: remote,
};

const fieldNames: Readonly<Record<Transport, ReadonlySet<string>>> = {
  stdio: new Set(['type', 'command', ...fields.stdio.map(([key]) => key)]),
  http: new Set(['type', 'url', ...fields.http.map(([key]) => key)]),
  sse: new Set(['type', 'url', ...fields.sse.map(([key]) => key)]),
  ws: new Set(['type', 'url', ...fields.ws.map(([key]) => key)]),
};

/** The fields that Claude Code reads of a server of this transport. It passes over all others. */
export function fieldsOf(transport: Transport): ReadonlySet<string> {
  return fieldNames[transport];
}
