import type { z } from 'zod';
import type { Issue } from '../kernel/errors.js';

/** A document is read whole or not at all; what is wrong with it is said all at once. */
export type Parsed<Document> =
  | { readonly kind: 'parsed'; readonly document: Document }
  | { readonly kind: 'invalid'; readonly issues: readonly Issue[] };

/** Later faults are counted and not described. */
export const maxIssues = 1_000;

/** The first of them, and how many more there are. `total`: of which `issues` may be the beginning. */
export function firstIssues(issues: readonly Issue[], total = issues.length): readonly Issue[] {
  if (total <= maxIssues) return issues;
  const message = `there are ${total - maxIssues} more faults`;
  return [...issues.slice(0, maxIssues), { pointer: '', code: 'MORE', message, hint: 'correct these first' }];
}

/** `1 fault`, `7 faults`. */
export const faultsIn = ({ length }: readonly Issue[]): string => `${length} ${length === 1 ? 'fault' : 'faults'}`;

/** RFC 6901; the empty pointer is the whole document. */
export function pointerOf(path: readonly PropertyKey[]): string {
  return path.map((step) => `/${String(step).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('');
}

/** What zod found, in the document's order; needs `reportInput`, to say what was there instead. */
export function issuesOf(error: z.ZodError): readonly Issue[] {
  return error.issues.flatMap((issue) => toIssues(issue as z.core.$ZodIssue, []));
}

type Hinted = Omit<Issue, 'pointer'>;

function toIssues(issue: z.core.$ZodIssue, above: readonly PropertyKey[]): readonly Issue[] {
  const path = [...above, ...issue.path];
  if (issue.code === 'unrecognized_keys')
    return issue.keys.map((key) => ({
      pointer: pointerOf([...path, key]),
      code: 'UNKNOWN_FIELD',
      message: `\`${key}\` is no field here`,
      hint: 'remove it, or look for its spelling in the format’s description',
    }));
  if (issue.code === 'invalid_union' && issue.errors.length > 0) return nearestBranch(issue, path);
  return [{ pointer: pointerOf(path), ...describe(issue) }];
}

/** Of a choice of shapes, the one with the fewest faults is what was meant. */
function nearestBranch(issue: z.core.$ZodIssueInvalidUnion, path: readonly PropertyKey[]): readonly Issue[] {
  const branches = [...issue.errors].sort((a, b) => a.length - b.length);
  return (branches[0] ?? []).flatMap((inner) => toIssues(inner, path));
}

function describe(issue: z.core.$ZodIssue): Hinted {
  switch (issue.code) {
    case 'invalid_type':
      return issue.input === undefined
        ? { code: 'MISSING', message: `is required (${nameOf(issue.expected)})`, hint: 'add it' }
        : {
            code: 'WRONG_TYPE',
            message: `expected ${nameOf(issue.expected)}, found ${kindOf(issue.input)}`,
            hint: issue.expected === 'string' ? 'put it in quotes' : `write ${nameOf(issue.expected)}`,
          };
    case 'invalid_value':
      return {
        code: issue.input === undefined ? 'MISSING' : 'WRONG_VALUE',
        message:
          issue.input === undefined ? 'is required' : `${shown(issue.input)} is none of the values that are allowed`,
        hint: `use ${issue.values.map((value) => `\`${String(value)}\``).join(' or ')}`,
      };
    case 'invalid_union':
      return {
        code: 'WRONG_VALUE',
        message: 'is none of the kinds that are allowed',
        hint: 'set `kind` to one of them',
      };
    case 'too_big':
      return { code: 'TOO_LARGE', message: `is more than ${issue.maximum}`, hint: `keep to at most ${issue.maximum}` };
    case 'too_small':
      return { code: 'TOO_SMALL', message: `is less than ${issue.minimum}`, hint: `give at least ${issue.minimum}` };
    case 'custom':
      return { code: 'RULE', message: issue.message, ...(hintOf(issue) && { hint: hintOf(issue) as string }) };
    default:
      return { code: 'WRONG_FORM', message: `${shown('input' in issue ? issue.input : undefined)} ${issue.message}` };
  }
}

function hintOf(issue: z.core.$ZodIssueCustom): string | undefined {
  const hint: unknown = issue.params?.hint;
  return typeof hint === 'string' ? hint : undefined;
}

const typeNames: Readonly<Record<string, string>> = {
  string: 'a text',
  number: 'a number',
  int: 'a whole number',
  boolean: '`true` or `false`',
  array: 'a list',
  object: 'an object',
};

function nameOf(type: string): string {
  return typeNames[type] ?? type;
}

function kindOf(value: unknown): string {
  if (value === null) return 'nothing (null)';
  if (Array.isArray(value)) return 'a list';
  return typeof value === 'object' ? 'an object' : `${nameOf(typeof value)} (${shown(value)})`;
}

function shown(value: unknown): string {
  const text = typeof value === 'string' ? value : (JSON.stringify(value) ?? 'nothing');
  return `\`${text.length > 80 ? `${text.slice(0, 77)}…` : text}\``;
}
