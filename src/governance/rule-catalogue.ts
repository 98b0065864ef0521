import type { Rule } from './rule.js';
import { nhiInheritsPrivilegedRole } from './rules/nhi-inherits-privileged-role.js';
import { orphanedNhi } from './rules/orphaned-nhi.js';

/** By id. */
export const RULES: readonly Rule[] = [nhiInheritsPrivilegedRole, orphanedNhi];

export function findRule(id: string): Rule | undefined {
  return RULES.find((rule) => rule.id === id);
}
