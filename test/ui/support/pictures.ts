import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { out } from '../../environment/paths';
import type { Workbench } from './workbench';

const open = new Set<Workbench>();
/** Those that were open before the test, and what those closed during it showed last. */
let older: ReadonlySet<Workbench> = new Set();
let closed: Buffer[] = [];

export function rememberWindow(workbench: Workbench): void {
  open.add(workbench);
}

/** Closes a window for good; its last picture is kept until the test is over. */
export async function forgetWindow(workbench: Workbench): Promise<void> {
  if (open.delete(workbench)) {
    closed.push(...(await takePicture(workbench)));
  }
}

/** The file of a picture of this name. */
export async function savePicture(name: string, picture: Buffer): Promise<string> {
  const file = join(out, 'pictures', `${name.replace(/[^\w.-]+/g, '-')}.png`);
  await mkdir(dirname(file), { recursive: true });
  await writeFile(file, picture);
  return file;
}

beforeEach('remember the windows of other tests', () => {
  older = new Set(open);
  closed = [];
});

afterEach('picture what failed, close the windows of the test', async function () {
  const test = this.currentTest;
  const pictures = closed;
  for (const workbench of open) {
    if (test?.state === 'failed') {
      pictures.push(...(await takePicture(workbench)));
    }
    if (!older.has(workbench)) {
      await workbench.close();
    }
  }
  for (const [index, picture] of test?.state === 'failed' ? pictures.entries() : []) {
    const number = index === 0 ? '' : `-${index + 1}`;
    console.log(`See ${await savePicture(`failed-${test?.fullTitle()}${number}`, picture)}`);
  }
});

after('close what is left open', async () => {
  await Promise.all([...open].map((workbench) => workbench.close()));
});

async function takePicture({ page }: Workbench): Promise<Buffer[]> {
  return page.screenshot({ timeout: 10_000 }).then(
    (picture) => [picture],
    () => [],
  );
}
