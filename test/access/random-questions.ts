import fc from 'fast-check';
import { nameOfId, partsOfResource } from '../estate/estate-names.js';
import type { MemoryLog } from '../estate/memory-log.js';
import { instants } from '../estate/random-estate.js';

interface Names {
  readonly identities: readonly string[];
  readonly groups: readonly string[];
  readonly roles: readonly string[];
  readonly permissions: readonly string[];
  readonly resources: readonly string[];
}

/** Of all that ever was, so that what is gone is asked about too. */
function namesIn(log: MemoryLog): Names {
  const nodes = log.rows().nodes.map(({ node }) => node);
  const named = (kind: string, isWanted = (_: string) => true) => [
    ...new Set(
      nodes
        .filter((node) => node.kind === kind)
        .map((node) => nameOfId(node.id))
        .filter(isWanted),
    ),
  ];
  return {
    identities: named('Identity', (name) => /^(svc|usr):/.test(name)),
    groups: named('Group'),
    roles: named('Role'),
    permissions: named('Permission'),
    resources: named('Resource'),
  };
}

/**
 * So many questions, the same for the same seed; those that come twice are asked once. A failing property then shrinks
 * its estate alone: shrinking questions too takes longer than anyone waits.
 */
export function sampleQuestions(
  questions: fc.Arbitrary<string>,
  by: { readonly seed: number; readonly numRuns: number },
): ReadonlySet<string> {
  return new Set(fc.sample(questions, by));
}

/** Questions about whether, which no listing limit touches. */
export function decisionQuestions(log: MemoryLog): fc.Arbitrary<string> {
  const { who, permission, at, context, when } = wordsFor(log);
  return fc.oneof(
    line('decide', who, permission, at, context, when),
    line('decide', who, permission, at, fc.constant('for'), who, context),
    line('who', permission, at, fc.constantFrom('', 'assume', 'pages'), when),
    line('who', permission, standing, when),
    line('who', permission, at, standing, 'pages', when),
    line('who', permission, fc.constantFrom('assume', '', '', standingOf('LATENT')), narrowWho, when),
    line('who', permission, fc.constantFrom('seeing tenant:acme', 'seeing tenant:globex'), when),
  );
}

export function rowQuestions(log: MemoryLog): fc.Arbitrary<string> {
  const { who, at, context, when, since } = wordsFor(log);
  return fc.oneof(
    line('rows', who, context, when, since),
    line('rows', who, standing, fc.constantFrom('', 'pages'), when),
    line('rows', who, at, context),
    line('rows', who, at, standing, context),
    line('rows', who, at, 'assume', context, when),
    line('rows', who, narrowRows, fc.constantFrom('', 'assume', 'pages', standingOf('ELIGIBLE')), when),
    line('rows', who, fc.constantFrom('assume', 'inherited-only', 'seeing tenant:acme')),
    line('details', who, fc.constantFrom('', 'by DEPTH', 'by PERMISSION', 'by TIER pages'), when),
    line('summary', who, when, since),
    line('summary', who, fc.constantFrom('seeing tenant:acme', 'seeing tenant:globex')),
  );
}

export function pathQuestions(log: MemoryLog): fc.Arbitrary<string> {
  const { who, permission, group, role, at, when, since } = wordsFor(log);
  const narrowing = fc.constantFrom(
    ...['', 'max 4', 'avoid group:a', 'avoid role:2', 'not-overridden', 'pages', 'seeing tenant:acme'],
    ...['via group:b', 'via role:1', 'cross-tenant', 'cross-tenant max 5', 'avoid svc:2'],
    ...['kinds ASSIGNED,GRANTS', 'kinds HAS_ACCOUNT,MEMBER_OF,ASSIGNED,GRANTS'],
  );
  return fc.oneof(
    line('paths', who, permission, fc.oneof(at, fc.constant('')), narrowing, when),
    line('edges', who, permission, when, since),
    line('paths', who, permission, fc.oneof(at, fc.constant('')), fc.constant('assume')),
    line('paths', who, permission, fc.oneof(at, fc.constant('')), narrowing, fc.constant('assume')),
    line('why-not', who, permission, at, when),
    line('denies', who, permission, at, when),
    line('bringing', who, permission, fc.constantFrom('', 'justified perm:q', 'justified perm:p,perm:r')),
    line('brought', who, when, since),
    line('brought', who, when, since),
    line('before', fc.oneof(who, permission, group, role), fc.oneof(permission, group, role), when, since),
    line('cycles', since),
  );
}

const standingOf = (name: string) => `standing ${name}`;
const narrowWho = fc.constantFrom(
  ...['decided ALLOWED', 'decided CONDITIONAL,UNKNOWN', 'from DIRECT', 'from INHERITED', 'from VIA_ASSUME'],
  ...['inherited-only', 'types HUMAN', 'types SERVICE_ACCOUNT'],
);
const narrowRows = fc.constantFrom(
  ...['decided ALLOWED', 'decided DENIED,CONDITIONAL', 'from DIRECT', 'from INHERITED,VIA_ASSUME', 'inherited-only'],
  ...['tier-at-most 0', 'tier-at-most 1', 'plane CONTROL', 'plane DATA', 'classes READ', 'classes ADMIN,SECRET'],
  ...['only perm:q', 'only perm:p,perm:crm', 'in app:crm', 'in app:main', 'in app:none'],
);
const standing = fc.constantFrom('standing ELIGIBLE', 'standing LATENT', 'standing LATENT_ELIGIBLE');

function wordsFor(log: MemoryLog) {
  const { identities, groups, roles, permissions, resources } = namesIn(log);
  const main = resources.filter((name) => partsOfResource(name).application === 'app:main');
  return {
    who: fc.constantFrom(...identities),
    permission: fc.constantFrom(...permissions),
    group: fc.constantFrom(...groups, 'group:none'),
    role: fc.constantFrom(...roles, 'role:none'),
    at: fc.constantFrom(...[...main, ...main, ...resources].map((name) => `@${name}`)),
    context: fc.constantFrom('', '', 'with env=prod', 'with env=test', 'with env=prod&mfa=true'),
    when: fc.constantFrom('', '', ...instants.map((instant) => `at ${instant}`)),
    since: fc.constantFrom('', ...log.commits().map(({ revision }) => `revision ${revision}`)),
  };
}

function line(...parts: readonly (string | fc.Arbitrary<string>)[]): fc.Arbitrary<string> {
  return fc
    .tuple(...parts.map((part) => (typeof part === 'string' ? fc.constant(part) : part)))
    .map((each) => each.filter(Boolean).join(' '));
}
