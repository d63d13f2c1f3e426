import assert from 'node:assert/strict';
import { build } from 'esbuild';

/** The source files that `entry` pulls in, each with what it imports: transitive, types apart. */
async function inputsOf(entry: string) {
  const { metafile } = await build({
    entryPoints: [entry],
    bundle: true,
    write: false,
    metafile: true,
    outdir: 'unused',
    platform: 'node',
    mainFields: ['module', 'main'],
    external: ['vscode'],
    logLevel: 'silent',
  });
  return Object.entries(metafile.inputs).map(([file, { imports }]) => ({
    file,
    imports: imports.map(({ path }) => path),
  }));
}

function importersOf(
  inputs: Awaited<ReturnType<typeof inputsOf>>,
  matches: (path: string) => boolean,
): readonly string[] {
  return inputs.filter(({ imports }) => imports.some(matches)).map(({ file }) => file);
}

const isVscode = (path: string) => path === 'vscode';
const isBuiltin = (path: string) => path.startsWith('node:') || ['fs', 'path', 'os'].includes(path);

describe('layers', () => {
  it('core reaches neither the editor, nor Node, nor another layer', async () => {
    const inputs = await inputsOf('src/core/**/*.ts');
    const files = inputs.map(({ file }) => file);
    assert.deepEqual(
      {
        vscode: importersOf(inputs, isVscode),
        node: importersOf(inputs, isBuiltin),
        strays: files.filter((file) => file.startsWith('src/') && !file.startsWith('src/core/')),
      },
      { vscode: [], node: [], strays: [] },
    );
  });

  it('node and the command line do not know the editor', async () => {
    const inputs = [...(await inputsOf('src/node/**/*.ts')), ...(await inputsOf('src/cli.ts'))];
    const strays = inputs.map(({ file }) => file).filter((file) => file.startsWith('src/vscode/'));
    assert.deepEqual({ vscode: importersOf(inputs, isVscode), strays }, { vscode: [], strays: [] });
  });

  it('the editor layer starts nothing and reads no disk by itself', async () => {
    const inputs = await inputsOf('src/vscode/**/*.ts');
    const strays = inputs.map(({ file }) => file).filter((file) => file.startsWith('src/node/'));
    assert.deepEqual({ node: importersOf(inputs, isBuiltin), strays }, { node: [], strays: [] });
  });
});
