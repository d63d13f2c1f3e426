import { isReadByShell } from '../../../config/expressionsIn';
import type { Environment, VariableState } from '../../../variables/environment';
import type { Report, Rule } from '../../rule';
import { carriesNoCredential, isAuthorization } from '../emptyCredential';
import { expandedExpressions, whatHappens, type PlacedExpression } from '../expressionReports';
import { meantName } from '../meantNames';
import { isPluginVariable } from '../pluginVariables';
import { mayNameCredential } from '../secretReferences';
import { unsetReferences } from '../unsetReferences';
import { isFilledInByWrapper } from '../wrapperVariables';

export const variableUnset = {
  id: 'variable-unset',
  category: 'variables',
  severity: 'warning',
  *check({ config, environment }) {
    for (const placed of unsetReferences(config, environment)) {
      const { name } = placed.expression;
      // A name that is probably another one is `variable-misspelt`.
      const problem = meantName(config, environment, name)
        ? undefined
        : (describeInTerminals(placed, environment) ?? describe(placed, environment.lookup(name)));
      if (problem !== undefined) {
        yield { ...problem, ...placeOf(placed) };
      }
    }
    for (const placed of expandedExpressions(config, 'reference')) {
      const { name, defaultValue } = placed.expression;
      const state =
        defaultValue === undefined && !isPluginVariable(name)
          ? environment.lookup(name)
          : undefined;
      if (state?.kind === 'session-only') {
        yield {
          ...placeOf(placed),
          severity: 'information',
          message: `${name} is set in ${state.source}: sessions of Claude Code read it, "claude mcp list" does not and will call it missing.`,
        };
      }
    }
  },
} satisfies Rule<'variable-unset'>;

function placeOf({ server, leaf, expression, range }: PlacedExpression<'reference'>) {
  return { server, path: leaf.path, range, variables: [expression.name] };
}

/** Of a variable that a login shell sets: a terminal with that shell hands it to Claude Code. */
function describeInTerminals(
  placed: PlacedExpression<'reference'>,
  environment: Environment,
): Pick<Report, 'message' | 'severity'> | undefined {
  const { name, defaultValue } = placed.expression;
  const holder = environment.holders?.(name).find(({ source }) => source.reach === 'terminals');
  if (holder === undefined || (defaultValue !== undefined && !carriesNoCredential(placed))) {
    return undefined;
  }
  const otherwise =
    defaultValue === undefined
      ? `leaves \${${name}} and ${whatHappens(placed.leaf)}`
      : 'uses the empty default';
  return {
    severity: 'information',
    message: `${name} is set in ${holder.source.label}, not in this window. Claude Code finds it when a terminal with that shell starts it; started otherwise, it ${otherwise}.`,
  };
}

function describe(
  placed: PlacedExpression<'reference'>,
  state: VariableState,
): Pick<Report, 'message' | 'severity'> | undefined {
  const { server, leaf, expression } = placed;
  const { name, defaultValue } = expression;
  const start = notSet(name, state);
  const isInEnv = leaf.slot.kind === 'argument' && server.env.some((it) => it.name === name);
  const where =
    state.kind === 'unset' && state.alsoIn
      ? ` It is in ${state.alsoIn}, which Claude Code does not read.`
      : '';
  if (defaultValue !== undefined) {
    return carriesNoCredential(placed)
      ? {
          message: `${start} uses the empty default, and the header carries no credential.${isAuthorization(leaf) ? ' It turns OAuth off all the same.' : ''}${where} Set it before Claude Code starts.`,
        }
      : undefined;
  }
  if (isFilledInByWrapper(server, leaf, name)) {
    return {
      severity: 'information',
      message: `${start} calls it missing and leaves the text. mcp-remote then takes the value from "env" of this server.`,
    };
  }
  if (isInEnv && isReadByShell(server, leaf)) {
    return {
      severity: 'information',
      message: `${start} calls it missing and leaves the text to the shell, which takes the value from "env" of this server. Write $${name} to keep Claude Code out of it.`,
    };
  }
  const env = isInEnv
    ? ' What stands in "env" of this server is for the started program, not for its arguments.'
    : '';
  // A default is in the file, where no credential belongs.
  const orDefault = mayNameCredential(name) ? '' : `, or add a default: \${${name}:-…}`;
  return {
    message: `${start} does not expand \${${name}} and ${whatHappens(leaf)}.${env}${where} Set it before Claude Code starts${orDefault}.`,
  };
}

/** How the sentence begins; where less was looked at than Claude Code reads, it says so. */
function notSet(name: string, state: VariableState): string {
  return state.kind === 'unset' && state.lookedIn !== undefined
    ? `${name} is not set in ${state.lookedIn}; unless its own settings set it, Claude Code`
    : `${name} is not set where Claude Code would look. It`;
}
