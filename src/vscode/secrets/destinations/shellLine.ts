import { copyBriefly } from '../../ui/briefClipboard';
import type { Destination, Kept, NamedValue } from '../destination';

/** The value on the clipboard, for a short time and because a person chose so. */
export const shellLine: Destination = {
  id: 'shellLine',
  label: 'Clipboard',
  readers: 'Every program of yours, for one minute.',
  actionTitle: (variable) => `Move to \${${variable}} and copy the value once`,
  isAvailable: () => true,
  keep,
};

async function keep(values: readonly NamedValue[]): Promise<Kept> {
  await copyBriefly(values.map(({ value }) => value).join('\n'));
  const names = new Map(values.map(({ variable }) => [variable, variable]));
  return {
    names,
    message: `The value is on the clipboard for one minute. Set ${[...names.keys()].join(', ')} to it where Claude Code starts.`,
  };
}
