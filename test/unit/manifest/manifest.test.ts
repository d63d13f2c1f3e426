import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import manifest from '../../../package.json';
import { rowActions, serverActions } from '../../../src/core/tree/nodeActions';

const { commands, menus, viewsWelcome, configuration } = manifest.contributes;
const commandIds = commands.map(({ command }) => command);

describe('the manifest', () => {
  it('lists the commands that the command table runs', () => {
    const table = readFileSync('src/vscode/commands/commandTable.ts', 'utf8');
    const ids = Array.from(table.matchAll(/^ {2}'(mcpAuth\.[\w.]+)': \{/gm), ([, id]) => id);
    assert.deepEqual([...commandIds].sort(), ids.sort());
  });

  it('shows in menus and welcome texts only commands that it has', () => {
    const inMenus = Object.values(menus).flatMap((items) => items.map(({ command }) => command));
    const inTexts = viewsWelcome.flatMap(({ contents }) =>
      Array.from(contents.matchAll(/\(command:(mcpAuth[\w.]+)\)/g), ([, id = '']) => id),
    );
    assert.deepEqual(
      [...inMenus, ...inTexts].filter((command) => !commandIds.includes(command)),
      [],
    );
  });

  it('asks rows for actions that rows have', () => {
    const asked = menus['view/item/context'].flatMap(({ when }) =>
      Array.from(when.matchAll(/\\b(\w+)\\b/g), ([, action = '']) => action),
    );
    assert.deepEqual([...new Set(asked)].sort(), [...serverActions, ...rowActions].sort());
  });

  it('gives each row action a place on the keyboard: no inline button without a menu entry', () => {
    const items = menus['view/item/context'];
    const inline = items.filter(({ group }) => group.startsWith('inline'));
    const others = items.filter(({ group }) => !group.startsWith('inline'));
    assert.deepEqual(
      inline.filter(({ command }) => !others.some((item) => item.command === command)),
      [],
    );
  });

  it('lets only the machine choose programs to run', () => {
    const { properties } = configuration;
    const restricted = manifest.capabilities.untrustedWorkspaces.restrictedConfigurations;
    assert.deepEqual(
      restricted.map((key) => properties[key as 'mcpAuth.curl.path' | 'mcpAuth.claude.path'].scope),
      ['machine', 'machine'],
    );
  });

  it('titles settings in the README', () => {
    const readme = readFileSync('README.md', 'utf8');
    const missing = Object.keys(configuration.properties).filter((key) => !readme.includes(key));
    assert.deepEqual(missing, []);
  });

  it('describes each rule by the first sentence of its page', () => {
    const { properties } = configuration.properties['mcpAuth.rules'];
    const described = Object.entries(properties).map(([id, { markdownDescription }]) => {
      const page = readFileSync(`src/core/diagnostics/rules/${id}/rule.md`, 'utf8');
      return { id, isSame: page.split('\n')[2] === markdownDescription };
    });
    assert.deepEqual(
      described.filter(({ isSame }) => !isSame),
      [],
    );
  });

  it('names pictures that are there', () => {
    const readme = readFileSync('README.md', 'utf8');
    const pictures = Array.from(readme.matchAll(/\]\((media\/[^)]+)\)/g), ([, path = '']) => path);
    const { icon } = manifest;
    assert.deepEqual(
      [...pictures, icon].filter((path) => !existsSync(path)),
      [],
    );
  });
});
