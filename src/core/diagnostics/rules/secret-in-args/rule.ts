import { rangeInString } from '../../../config/json';
import type { Environment } from '../../../variables/environment';
import { findRemoteWrapper } from '../../../wrappers/remoteWrapper';
import type { Rule, Severity } from '../../rule';
import { secretReferences, type SecretReference } from '../secretReferences';
import { isFilledInByWrapper } from '../wrapperVariables';

export const secretInArgs = {
  id: 'secret-in-args',
  category: 'credentials',
  severity: 'information',
  *check({ config, environment }) {
    for (const reference of secretReferences(config, 'argument')) {
      const { server, leaf, name, start, end } = reference;
      const severity = severityOf(reference, environment);
      if (severity === undefined) {
        continue;
      }
      yield {
        range: rangeInString(config.text, leaf, start, end),
        server,
        path: leaf.path,
        variables: [name],
        severity,
        message: `The value of ${name} becomes part of an argument, and arguments stand in the process list for every user and program of the machine to read. ${adviceFor(reference)}`,
      };
    }
  },
} satisfies Rule<'secret-in-args'>;

/** A wrapper that fills in the text itself keeps it out, unless Claude Code has been faster. */
function severityOf(
  { server, leaf, name }: SecretReference,
  environment: Environment,
): Severity | undefined {
  if (!isFilledInByWrapper(server, leaf, name)) {
    return 'information';
  }
  switch (environment.lookup(name).kind) {
    case 'set':
    case 'session-only':
      return 'information';
    case 'unknown':
      return 'hint';
    case 'empty':
    case 'unset':
      return undefined;
  }
}

function adviceFor({ server, leaf, name }: SecretReference): string {
  const wrapper = findRemoteWrapper(server);
  if (wrapper !== undefined) {
    return `Claude Code speaks to remote servers itself: use "url" and "headers" in place of ${wrapper.program}.`;
  }
  const variable = /^(?:-e|--env=)?([A-Za-z_]\w*)=/.exec(leaf.value)?.[1];
  const program = server.command?.value.split(/[\\/]/).at(-1) ?? '';
  if (variable !== undefined && /^(?:docker|podman|nerdctl)(?:\.exe)?$/i.test(program)) {
    return `Write "${variable}": "\${${name}}" in "env" of this server and pass only the name: "-e", "${variable}".`;
  }
  return 'If the server reads the credential from its environment, set it in "env" of this server.';
}
