import fc from 'fast-check';
import type { AskedPaths } from './path-estate.js';

const identities = ['svc:a', 'svc:b', 'usr:c'];
const groups = ['group:a', 'group:b', 'group:c', 'group:d'];
const roles = ['role:a', 'role:b', 'role:c'];
const resources = ['/', '/', '/p', '/p/q', '/r'];
const pick = (names: readonly string[]) => fc.constantFrom(...names);

const window = fc.constantFrom('', '', '', '', '', '', '', '', 'eligible', 'from 2000', 'until 900', 'until 5000');
const condition = fc.constantFrom('', '', '', '', 'if ?on-call', 'as second');
const pattern = fc.constantFrom('', '', '', '', 'on /p/*', 'not-on /p', 'on /r');
const words = (...parts: fc.Arbitrary<string>[]) => fc.tuple(...parts).map((all) => all.join(' ').trim());
const plain = (word: string) => fc.constant(word);
const scopedRole = fc.tuple(pick(roles), pick(resources)).map(([role, scope]) => `${role}@${scope}`);
const principal = pick([...identities, ...groups, 'everyone:acme']);

/** One line of an estate of few names, so that ways cross and loop. */
const line = fc.oneof(
  { weight: 5, arbitrary: words(pick(identities), plain('in'), pick(groups), window) },
  { weight: 5, arbitrary: words(pick(groups), plain('in'), pick(groups), window) },
  { weight: 6, arbitrary: words(principal, plain('has'), scopedRole, window, condition) },
  { weight: 2, arbitrary: words(pick(roles), plain('inherits'), pick(roles)) },
  { weight: 4, arbitrary: words(pick(roles), plain('grants perm:p'), pattern, condition) },
  { weight: 1, arbitrary: words(pick(roles), plain('grants perm:other')) },
  { weight: 1, arbitrary: words(pick(roles), plain('denies perm:p'), pattern, condition) },
  {
    weight: 2,
    arbitrary: words(
      pick([...identities, ...groups]),
      pick(['can-act-as', 'can-act-as', 'cannot-act-as']),
      pick(identities),
      fc.constantFrom('', '', 'within /p', 'within /p/q', 'within /r'),
    ),
  },
  {
    weight: 1,
    arbitrary: words(
      pick(roles),
      pick(['can-act-as', 'cannot-act-as']),
      pick(identities),
      plain('at'),
      pick(resources),
      fc.constantFrom('', 'within /p'),
    ),
  },
  {
    weight: 1,
    arbitrary: fc.constantFrom(
      'group:a disabled',
      'svc:b is SUSPENDED',
      'svc:a is UNKNOWN',
      'svc:a.idp disabled',
      'app:main direct-members-only',
      'source:idp flat',
      'group:d of tenant:globex',
      'usr:c of tenant:globex',
      'svc:b expires 900',
    ),
  },
);

/** Every name exists, so that every question can be asked. */
const existing = [...identities, ...groups, ...roles, ...resources, 'perm:p', 'perm:other', 'everyone:acme'];
const often = [
  'svc:a in group:a in group:b has role:a@/ grants perm:p',
  'svc:b has role:b@/p',
  'usr:c in group:c',
  'role:b grants perm:p',
];

export const randomEstates = fc
  .array(line, { minLength: 16, maxLength: 34, size: 'max' })
  .map((lines) => [...existing, ...often, ...new Set(lines)].join('\n'));

const seldom = <Value>(arbitrary: fc.Arbitrary<Value>) =>
  fc.oneof({ weight: 6, arbitrary: fc.constant(undefined) }, { weight: 1, arbitrary });

export const randomQuestions = fc
  .record({
    from: fc.constantFrom('svc:a', ...identities),
    to: fc.constant('perm:p'),
    on: fc.constantFrom(undefined, undefined, undefined, ...resources),
    includeAssume: fc.boolean(),
    includeOverridden: fc.constantFrom(true, true, false),
    avoid: seldom(fc.constantFrom(['group:a'], ['role:b'], ['svc:b', 'everyone:acme'], ['perm:p'])),
    via: seldom(fc.constantFrom(['group:b'], ['role:a'], ['svc:b', 'group:a'], ['perm:other'])),
    crossTenantOnly: seldom(fc.constant(true)),
    justified: fc.constantFrom(undefined, ['perm:other'], ['perm:other', 'perm:p'], []),
  })
  .map((question) => Object.fromEntries(Object.entries(question).filter(([, value]) => value !== undefined)))
  .map((question) => question as unknown as AskedPaths);
