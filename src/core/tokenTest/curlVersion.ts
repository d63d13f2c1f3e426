import { assertNever } from '../base/assertNever';

export type CurlProblem =
  | { readonly kind: 'not-found' }
  | { readonly kind: 'not-runnable'; readonly path: string }
  | { readonly kind: 'too-old'; readonly path: string; readonly version: string };

const oldestMajor = 7;
const oldestMinor = 68;

/** The problem with a curl that prints this for `--version`, or `undefined`: 7.68 or newer will do. */
export function findVersionProblem(path: string, output: string): CurlProblem | undefined {
  const [, version, major, minor] = /^curl (([0-9]+)\.([0-9]+)[\w.-]*)/.exec(output) ?? [];
  if (version === undefined) {
    return { kind: 'not-runnable', path };
  }
  const isEnough =
    Number(major) > oldestMajor || (Number(major) === oldestMajor && Number(minor) >= oldestMinor);
  return isEnough ? undefined : { kind: 'too-old', path, version };
}

/** The version out of what curl prints for `--version`. */
export function readVersion(output: string): string {
  return /^curl ([\w.-]+)/.exec(output)?.[1] ?? '';
}

/** What is wrong, as a sentence without what to do about it. */
export function describeCurlProblem(problem: CurlProblem): string {
  switch (problem.kind) {
    case 'not-found':
      return 'There is no curl on PATH.';
    case 'not-runnable':
      return `The program ${problem.path} does not run as curl.`;
    case 'too-old':
      return `The program ${problem.path} is curl ${problem.version}; the test needs 7.68 or newer.`;
    default:
      return assertNever(problem);
  }
}
