import { parseShell } from './parseShell';
import type { ShellScript } from './shellScript';
import { readSource, type SourceCode } from './sourceCode';

interface AnyScript {
  readonly text: string;
}

/** A script that prints headers, read as far as its language is known. */
export type HelperScript = ShellHelper | CodeHelper;

export interface ShellHelper extends AnyScript {
  readonly kind: 'shell';
  /** Of the first line or the file's name: `sh`, `bash`, `zsh`. */
  readonly dialect: string;
  readonly shell: ShellScript;
}

export interface CodeHelper extends AnyScript {
  readonly kind: 'python' | 'node';
  readonly source: SourceCode;
}

/** `undefined` where the language is none of these: a program, or a script of another kind. */
export function readHelperScript(text: string, fileName: string): HelperScript | undefined {
  const language = languageOf(text, fileName);
  switch (language) {
    case undefined:
      return undefined;
    case 'python':
    case 'node':
      return { kind: language, text, source: readSource(text, language) };
    default:
      return { kind: 'shell', dialect: language, text, shell: parseShell(text) };
  }
}

const extensions: Readonly<Record<string, string>> = {
  sh: 'sh',
  bash: 'bash',
  zsh: 'zsh',
  py: 'python',
  js: 'node',
  mjs: 'node',
  cjs: 'node',
};

/** The first line decides; without one, the name. */
function languageOf(text: string, fileName: string): string | undefined {
  const [, program] =
    /^#![ \t]*\S{0,200}?([\w.-]{1,40})(?=[ \t\r\n]|$)/.exec(
      text.slice(0, 300).replace(/^(#![ \t]*)\S*\/env[ \t]+(?:-S[ \t]+)?/, '$1'),
    ) ?? [];
  if (program !== undefined) {
    return /^(?:ba|da|k|z)?sh$/.test(program)
      ? program
      : /^python[\d.]*$/.test(program)
        ? 'python'
        : program === 'node'
          ? 'node'
          : undefined;
  }
  const extension = /\.(\w{1,5})$/.exec(fileName)?.[1]?.toLowerCase() ?? '';
  return Object.hasOwn(extensions, extension) ? extensions[extension] : undefined;
}
