import { z } from 'zod';
import type { ClassificationRule } from '../graph/classification.js';
import type { IdentityType } from '../graph/node.js';
import { GraphError, type Issue } from '../kernel/errors.js';

const type = z.custom<IdentityType>();
const text = z.string().min(1);
/** A rule as it is written: the fields of exactly one test beside the type. */
const written = z.union([
  z
    .strictObject({ type, userType: text })
    .transform((rule): ClassificationRule => ({ kind: 'userType', type: rule.type, value: rule.userType })),
  z.strictObject({ type, attribute: text, matches: text }).transform(
    (rule): ClassificationRule => ({
      kind: 'attribute',
      type: rule.type,
      attribute: rule.attribute,
      pattern: rule.matches,
    }),
  ),
  z
    .strictObject({ type, userName: text })
    .transform((rule): ClassificationRule => ({ kind: 'userName', type: rule.type, pattern: rule.userName })),
  z
    .strictObject({ type, group: text })
    .transform((rule): ClassificationRule => ({ kind: 'group', type: rule.type, name: rule.group })),
]);

/** @throws GraphError INVALID with an issue for each rule that has no test, or several */
export function parseClassification(rules: readonly object[]): readonly ClassificationRule[] {
  const issues: Issue[] = [];
  const parsed = rules.flatMap((rule, at) => {
    const present = Object.fromEntries(
      Object.entries(rule).filter(([, value]) => value !== null && value !== undefined),
    );
    const result = written.safeParse(present);
    if (result.success) return [result.data];
    issues.push({
      pointer: `/rules/${at}`,
      code: 'rule',
      message: 'a rule has exactly one test',
      hint: 'give `userType`, `attribute` with `matches`, `userName` or `group`',
    });
    return [];
  });
  if (issues.length > 0)
    throw new GraphError('INVALID', `${issues.length} of ${rules.length} rules cannot be read; see the issues`, {
      argument: 'rules',
      issues,
    });
  return parsed;
}
