import type { Rule } from '../rule';
import { rules } from '.';
import { scriptRules } from './scriptRules';

/** What every rule has, of a configuration or of a script. */
export type AnyRule = Pick<Rule, 'id' | 'category' | 'severity'>;

/** Whatever can be explained, turned off or given another severity. */
export const allRules: readonly AnyRule[] = [...rules, ...scriptRules];
