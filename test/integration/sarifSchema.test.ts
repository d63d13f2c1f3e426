import assert from 'node:assert/strict';
import Ajv, { type AnySchema } from 'ajv';
import addFormats from 'ajv-formats';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import schema from '@microsoft/jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json';
import { root } from '../environment/paths';
import { runCli } from './cliProcess';

/** The schema that OASIS published is of draft 4; what it uses means the same in draft 7. */
function compileSchema() {
  const ajv = new Ajv({ strict: false, unicodeRegExp: false });
  addFormats(ajv);
  const text = JSON.stringify({ ...schema, $schema: undefined, id: undefined, $id: schema.id });
  return ajv.compile(JSON.parse(text) as AnySchema);
}

function configFilesIn(folder: string): readonly string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.json'))
    .map((path) => join(folder, path));
}

describe('a SARIF log', () => {
  const validate = compileSchema();

  it('is valid against the official schema, whatever was found', () => {
    const files = configFilesIn(join('test', 'fixtures'));
    const { stdout } = runCli(['check', '--format', 'sarif', ...files], { cwd: root });
    const log = JSON.parse(stdout) as { runs: { results: unknown[] }[] };
    assert.ok((log.runs[0]?.results.length ?? 0) > 200);
    assert.deepEqual([validate(log), validate.errors], [true, null]);
  });

  it('is valid when a file could not be read', () => {
    const { stdout } = runCli(['check', '--format', 'sarif', 'no such file', 'test'], {
      cwd: root,
    });
    assert.deepEqual([validate(JSON.parse(stdout)), validate.errors], [true, null]);
  });

  it('would be refused if it were wrong', () => {
    assert.equal(validate({ version: '2.1.0', runs: [{ tool: {} }] }), false);
  });
});
