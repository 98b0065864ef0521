import fc from 'fast-check';
import { nameOfId, partsOfResource } from '../estate/estate-names.js';
import type { MemoryLog } from '../estate/memory-log.js';
import { instants } from '../estate/random-estate.js';

interface Names {
  readonly identities: readonly string[];
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
    permissions: named('Permission'),
    resources: named('Resource'),
  };
}

/** Questions about whether, which no listing limit touches. */
export function decisionQuestions(log: MemoryLog): fc.Arbitrary<string> {
  const { who, permission, at, context, when } = wordsFor(log);
  return fc.oneof(
    line('decide', who, permission, at, context, when),
    line('decide', who, permission, at, fc.constant('for'), who, context),
    line('who', permission, at, fc.constantFrom('', 'assume', 'pages'), when),
    line('who', permission, standing, when),
  );
}

export function rowQuestions(log: MemoryLog): fc.Arbitrary<string> {
  const { who, at, context, when, since } = wordsFor(log);
  return fc.oneof(
    line('rows', who, context, when, since),
    line('rows', who, standing, fc.constantFrom('', 'pages'), when),
    line('rows', who, at, context),
    line('rows', who, fc.constantFrom('assume', 'inherited-only', 'seeing tenant:acme')),
    line('details', who, fc.constantFrom('', 'by DEPTH', 'by PERMISSION', 'by TIER pages'), when),
    line('summary', who, when, since),
  );
}

export function pathQuestions(log: MemoryLog): fc.Arbitrary<string> {
  const { who, permission, at, when, since } = wordsFor(log);
  const narrowing = fc.constantFrom('', 'max 4', 'avoid group:a', 'not-overridden', 'pages', 'seeing tenant:acme');
  return fc.oneof(
    line('paths', who, permission, fc.oneof(at, fc.constant('')), narrowing, when),
    line('edges', who, permission, when, since),
    line('paths', who, permission, fc.oneof(at, fc.constant('')), fc.constant('assume')),
    line('why-not', who, permission, at, when),
    line('denies', who, permission, at, when),
    line('bringing', who, permission, fc.constantFrom('', 'justified perm:q', 'justified perm:p,perm:r')),
    line('cycles', since),
  );
}

const standing = fc.constantFrom('standing ELIGIBLE', 'standing LATENT', 'standing LATENT_ELIGIBLE');

function wordsFor(log: MemoryLog) {
  const { identities, permissions, resources } = namesIn(log);
  const main = resources.filter((name) => partsOfResource(name).application === 'app:main');
  return {
    who: fc.constantFrom(...identities),
    permission: fc.constantFrom(...permissions),
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
