import { assertNever } from '../kernel/assert.js';
import { matchesGlob, parseGlob } from './glob.js';
import type { IdentityType, JsonObject, JsonValue } from './node.js';
import { fold } from './text.js';

/**
 * Says of which type the accounts are that fit. A source's rules are ordered, the first that fits decides. Patterns are
 * globs (`*` any run, `?` one character); everything compares without regard to letter case.
 */
export type ClassificationRule = { readonly type: IdentityType } & (
  | { readonly kind: 'userType'; readonly value: string }
  /** `attribute`: a path of the SCIM document, names joined by `.`, or behind a schema's URN and `:`. Any one of several values. */
  | { readonly kind: 'attribute'; readonly attribute: string; readonly pattern: string }
  | { readonly kind: 'userName'; readonly pattern: string }
  /** Direct membership of a group of the source with that displayName or externalId. */
  | { readonly kind: 'group'; readonly name: string }
);

/** What rules look at. */
export interface Classified {
  readonly userName: string;
  /** The SCIM document. */
  readonly attributes: JsonObject;
  /** displayNames and externalIds of the groups that list it directly. */
  readonly groups: readonly string[];
}

/** Where an account says of itself what acts through it; decides where no rule fits. */
const declaredType = 'urn:identity-graph:params:scim:schemas:extension:non-human:2.0:User:type';

/** The type by the first rule that fits, else what the account declares of itself, else `HUMAN`. */
export function classify(rules: readonly ClassificationRule[], account: Classified): IdentityType {
  const rule = rules.find((each) => fits(each, account));
  if (rule !== undefined) return rule.type;
  return identityTypeNamed(valuesAt(account.attributes, declaredType)[0] ?? '') ?? 'HUMAN';
}

/** The type of that name in any spelling: `service-account`, `serviceAccount`, `Service Account`; an agent is an AI agent. */
export function identityTypeNamed(name: string): IdentityType | undefined {
  const bare = (text: string) => fold(text).replace(/[-_\s]/g, '');
  return bare(name) === 'agent' ? 'AI_AGENT' : identityTypes.find((type) => bare(type) === bare(name));
}

/** Whether some rule looks at memberships, so that a change of members can change a type. */
export function looksAtGroups(rules: readonly ClassificationRule[]): boolean {
  return rules.some((rule) => rule.kind === 'group');
}

const identityTypes: readonly IdentityType[] = ['HUMAN', 'SERVICE_ACCOUNT', 'WORKLOAD', 'AI_AGENT'];

function fits(rule: ClassificationRule, account: Classified): boolean {
  switch (rule.kind) {
    case 'userType':
      return valuesAt(account.attributes, 'userType').some((value) => fold(value) === fold(rule.value));
    case 'attribute':
      return valuesAt(account.attributes, rule.attribute).some((value) => matches(rule.pattern, value));
    case 'userName':
      return matches(rule.pattern, account.userName);
    case 'group':
      return account.groups.some((group) => fold(group) === fold(rule.name));
    default:
      return assertNever(rule);
  }
}

function matches(pattern: string, value: string): boolean {
  return matchesGlob(parseGlob(fold(pattern)), fold(value));
}

/** The texts, numbers and booleans at the path, through lists, as text. */
function valuesAt(document: JsonObject, path: string): readonly string[] {
  const urn = /^(urn:.*):([^:]+)$/i.exec(path);
  const names = urn ? [urn[1] as string, ...(urn[2] as string).split('.')] : path.split('.');
  let found: readonly JsonValue[] = [document];
  for (const name of names) found = found.flatMap((value) => itemsOf(value).flatMap((item) => member(item, name)));
  return found.flatMap(itemsOf).flatMap((value) => (isScalar(value) ? [String(value)] : []));
}

function itemsOf(value: JsonValue): readonly JsonValue[] {
  return Array.isArray(value) ? (value as readonly JsonValue[]) : [value];
}

function member(value: JsonValue, name: string): readonly JsonValue[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, of]) => (fold(key) === fold(name) ? [of as JsonValue] : []));
}

function isScalar(value: JsonValue): value is string | number | boolean {
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean';
}
