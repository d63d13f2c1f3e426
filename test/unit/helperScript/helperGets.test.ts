import assert from 'node:assert/strict';
import type { PlaceId } from '../../../src/core/config/place';
import { helperGets } from '../../../src/core/helperScript/helperGets';

/** What becomes of it in a project, a plugin, for the user and where an administrator wrote it. */
const rows: readonly (readonly [name: string, project: string, plugin: string, own: string])[] = [
  ['CLAUDE_CODE_MCP_SERVER_NAME', 'given', 'given', 'given'],
  ['CLAUDE_CODE_MCP_SERVER_URL', 'given', 'given', 'given'],
  ['CLAUDE_PLUGIN_ROOT', 'passed', 'given', 'passed'],
  ['CLAUDE_PLUGIN_DATA', 'passed', 'passed', 'passed'],
  ['MY_TOKEN', 'taken', 'taken', 'passed'],
  ['PGPASSWORD', 'taken', 'taken', 'passed'],
  ['OTEL_EXPORTER_OTLP_HEADERS', 'telemetry', 'telemetry', 'telemetry'],
  ['DATABASE_URL', 'passed', 'passed', 'passed'],
  ['PWD', 'passed', 'passed', 'passed'],
];

describe('what a helper gets of a variable', () => {
  for (const [name, project, plugin, own] of rows) {
    it(`${name}: ${project}, ${plugin}, ${own}`, () => {
      const places: readonly PlaceId[] = ['project', 'plugin', 'pluginManifest', 'user', 'managed'];
      assert.deepEqual(
        places.map((place) => helperGets(name, place)),
        [project, plugin, plugin, own, own],
      );
    });
  }
});
