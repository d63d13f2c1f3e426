import { version } from '../../package.json';
import { check } from './check';
import { parseCommandLine } from './commandLine';
import { explain, listRules } from './explain';
import { fix } from './fix';
import { usage } from './usage';

/** Runs the command line and answers its exit code. @throws Error whose message is one sentence */
export async function run(argv: readonly string[]): Promise<number> {
  const command = parseCommandLine(argv);
  switch (command.kind) {
    case 'check':
      return check(command);
    case 'fix':
      return fix(command);
    case 'help':
      process.stdout.write(usage);
      return 0;
    case 'version':
      process.stdout.write(`${version}\n`);
      return 0;
    case 'rules':
      process.stdout.write(listRules());
      return 0;
    case 'explain':
      process.stdout.write(explain(command.rule));
      return 0;
  }
}
