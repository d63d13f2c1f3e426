import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import {
  getLanguageService,
  TextDocument,
  type CompletionItem,
  type MarkupContent,
} from 'vscode-json-languageservice';
import manifest from '../../../package.json';
import { findEntryProblems } from '../../../src/core/config/entryProblems';
import { fields } from '../../../src/core/config/fields';
import { findValue } from '../../../src/core/config/json';
import { parseMcpConfig } from '../../../src/core/config/parseMcpConfig';
import { readRuleFixtures } from '../../support/ruleFixtures';

/** The service behind JSON in VS Code, with the schemas of the manifest where they apply. */
const service = getLanguageService({
  clientCapabilities: {
    textDocument: { completion: { completionItem: { documentationFormat: ['markdown'] } } },
  },
});
service.configure({
  schemas: manifest.contributes.jsonValidation.map(({ fileMatch, url }) => ({
    uri: url,
    fileMatch: [fileMatch].flat(),
    schema: JSON.parse(readFileSync(url, 'utf8')) as object,
  })),
});
/** The same without any schema: what is said of the syntax alone. */
const plain = getLanguageService({});

/** As VS Code has it for the language `json`. */
const settings = { comments: 'error', trailingCommas: 'error' } as const;

const names = ['.mcp.json', '.claude-plugin/plugin.json', '.claude.json', 'managed-mcp.json'];

function documentOf(text: string, name = '.mcp.json') {
  const document = TextDocument.create(`file:///p/${name}`, 'json', 1, text);
  return { document, json: service.parseJSONDocument(document) };
}

/** The document and the position of `|` in `text`, which is taken out. */
function at(text: string, name?: string) {
  const offset = text.indexOf('|');
  const { document, json } = documentOf(text.replace('|', ''), name);
  return { document, json, position: document.positionAt(offset) };
}

async function complete(text: string, name?: string): Promise<readonly CompletionItem[]> {
  const { document, json, position } = at(text, name);
  return (await service.doComplete(document, position, json))?.items ?? [];
}

async function labels(text: string, name?: string): Promise<readonly string[]> {
  return (await complete(text, name)).map(({ label }) => label);
}

async function hover(text: string, name?: string): Promise<string> {
  const { document, json, position } = at(text, name);
  const contents = (await service.doHover(document, position, json))?.contents ?? '';
  return Array.isArray(contents) ? contents.join() : String(contents);
}

const inEntry = (entry: string) => `{"mcpServers": {"a": {${entry}}}}`;

describe('the schemas for completion and hover', () => {
  it('never make a problem, whatever the text', async () => {
    const strange = ['', '[]', '3', 'null', '{"mcpServers": []}', '{"mcpServers": {"a": 1}}'];
    const wrong = fields.map(({ key }) => inEntry(`"type": "http", "${key}": [null, {"a": 1}]`));
    const texts = [...readRuleFixtures().map(({ text }) => text), ...strange, ...wrong];
    for (const name of names) {
      for (const text of texts) {
        const { document, json } = documentOf(text, name);
        const found = await service.doValidation(document, json, settings);
        const parsed = plain.parseJSONDocument(document);
        const ofSyntax = await plain.doValidation(document, parsed, settings);
        assert.deepEqual(found, ofSyntax, text);
      }
    }
  });

  it('offer each type with a word on it', async () => {
    const offered = await complete(inEntry('"type": |'));
    assert.deepEqual(
      offered.map(({ label, documentation }) => [
        JSON.parse(label) as string,
        (documentation as MarkupContent).value,
      ]),
      fields.flatMap(({ key, value }) =>
        key === 'type' && value.kind === 'choice'
          ? value.choices.map((choice) => [choice.value, choice.description])
          : [],
      ),
    );
  });

  const branches: readonly [entry: string, offered: string, missing: string][] = [
    ['"type": "http"', 'headersHelper', 'env'],
    ['"type": "streamable-http"', 'oauth', 'command'],
    ['"type": "sse"', 'oauth', 'args'],
    ['"type": "ws"', 'headersHelper', 'oauth'],
    ['"type": "stdio"', 'env', 'headersHelper'],
    ['"command": "x"', 'env', 'url'],
    ['"command": "x", "url": "y"', 'args', 'headers'],
    ['"url": "https://h.example"', 'headers', 'command'],
    ['', 'command', 'headersHelper'],
  ];
  for (const [entry, offered, missing] of branches) {
    it(`offer ${offered} and not ${missing} in { ${entry} }`, async () => {
      const found = await labels(inEntry(entry === '' ? '|' : `${entry}, |`));
      assert.ok(found.includes(offered), found.join());
      assert.ok(!found.includes(missing), found.join());
      assert.ok(found.includes('timeout'));
    });
  }

  it('say what each field is for, in every kind of file', async () => {
    for (const { key, transports, description } of fields) {
      const type = key === 'type' ? '' : `"type": "${transports[0]}", `;
      const entry = `${type}"|${key}": null`;
      const inPlaces = [
        [inEntry(entry), '.mcp.json'],
        [`{"a": {${entry}}}`, '.mcp.json'],
        [inEntry(entry), '.claude-plugin/plugin.json'],
        [inEntry(entry), 'managed-mcp.json'],
        [`{"projects": {"/p": ${inEntry(entry)}}}`, '.claude.json'],
      ] as const;
      for (const [text, name] of inPlaces) {
        assert.equal(await hover(text, name), description);
      }
    }
  });

  it('say of the keys of oauth what they do, and of a type which it is', async () => {
    assert.match(await hover(inEntry('"type": "http", "oauth": {"|scopes": ""}')), /one string/);
    assert.match(await hover(inEntry('"type": "|sse"')), /`sse`: A remote server/);
  });

  it('start a server of each transport, and a file', async () => {
    const snippets = await complete('{"mcpServers": {"a": |}}');
    const types = snippets.map(({ textEdit }) => {
      const accepted = (textEdit?.newText ?? '').replace(/\$\{\d+:([^}]*)\}/g, '$1');
      const text = `{"mcpServers": {"a": ${accepted.replaceAll('\\$', '$')}}}`;
      const [server] = parseMcpConfig(text).servers;
      assert.deepEqual(server?.problems, [], text);
      return server?.transport;
    });
    assert.deepEqual([...new Set(types)].sort(), ['http', 'sse', 'stdio', 'ws']);
    assert.ok((await labels('|')).includes('{ "mcpServers": … }'));
    assert.deepEqual(await labels('{|}', '.claude-plugin/plugin.json'), ['mcpServers']);
  });
});

describe('the table of fields', () => {
  it('has each field for the transports that look at it, as the check of entries does', () => {
    const needed = '"url": "x", "command": "x"';
    for (const { key, transports, value } of fields.filter((field) => field.key !== 'type')) {
      for (const type of ['stdio', 'http', 'sse', 'ws'] as const) {
        const text = `{${needed}, "type": "${type}", "${key}": null}`;
        const node = findValue(parseMcpConfig(`{"mcpServers": {"a": ${text}}}`).root, 'mcpServers');
        const problems = findEntryProblems('a', findValue(node, 'a'));
        const isChecked = problems.some(
          (problem) => problem.kind === 'field-type' && problem.path[0] === key,
        );
        assert.equal(isChecked, transports.includes(type), `${key} (${value.kind}) for ${type}`);
      }
    }
  });
});
