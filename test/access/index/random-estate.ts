import fc from 'fast-check';

export const identities = ['svc:a', 'svc:b', 'usr:c'] as const;
export const permissions = ['perm:p', 'perm:q', 'perm:r'] as const;
export const resources = ['/', '/a', '/a/x', '/b'] as const;
const groups = ['group:f', 'group:g', 'group:h'] as const;
const roles = ['role:k', 'role:l', 'role:m'] as const;

const condition = fc.constantFrom('', '', '', ' if env=prod');
const window = fc.constantFrom('', '', '', ' until 10', ' until 11', ' from 12', ' from 3 until 15');
const state = fc.constantFrom('', '', ' eligible');
const pattern = fc.constantFrom('', '', '', ' on a/*', ' not-on a', ' if env=prod');
const statement = fc.constantFrom(' as one', ' as two');

const within = fc.constantFrom('', '', ' within /a', ' within /b');

const words = (...parts: readonly fc.Arbitrary<string>[]) => fc.tuple(...parts).map((all) => all.join(''));
const name = (...names: readonly string[]) => fc.constantFrom(...names);
const is = (text: string) => fc.constant(text);
const principal = name(...identities, ...groups, 'everyone:acme');
const member = name(...identities, ...groups);

const line = fc.oneof(
  words(member, is(' in '), name(...groups), state, window, statement),
  words(member, is(' in '), name(...groups), statement),
  words(principal, is(' has '), name(...roles), is('@'), name(...resources), state, window, condition, statement),
  words(principal, is(' has '), name(...roles), is('@'), name(...resources), statement),
  words(name(...roles), is(' inherits '), name(...roles)),
  words(name(...roles), is(' grants '), name(...permissions), pattern, statement),
  words(name(...roles), is(' grants '), name(...permissions)),
  words(name(...roles), is(' denies '), name(...permissions), pattern, statement),
  words(name(...identities, ...groups), is(' disabled')),
  words(name(...identities), is(' expires '), name('9', '10', '14')),
  words(name(...groups), is(' enabled')),
  words(name(...identities), is(' is '), name('UNKNOWN', 'SUSPENDED', 'ACTIVE')),
  words(is('group:h of source:idp flat')),
  words(is('app:main direct-members-only')),
  words(member, is(' can-act-as '), name(...identities), within, window, state, statement),
  words(member, is(' can-act-as '), name(...identities), within, is(' on-behalf'), statement),
  words(member, is(' cannot-act-as '), name(...identities), within, statement),
  words(name(...roles), is(' can-act-as '), name(...identities), is(' at '), name(...resources), statement),
);

const everything = [
  ...identities,
  ...permissions.map((permission, tier) => `${permission} tier ${tier}`),
  ...groups,
  ...roles.map((role) => `svc:z has ${role}@/`),
  ...resources.map((resource) => `svc:z has role:z@${resource}`),
].join('\n');

/** Texts of one estate after another; all that questions name exists from the first on. */
export function estateTexts(commits: number): fc.Arbitrary<readonly string[]> {
  const text = fc.array(line, { minLength: 4, maxLength: 18 }).map((lines) => lines.join('\n'));
  return fc
    .array(text, { minLength: commits, maxLength: commits })
    .map(([first, ...rest]) => [`${everything}\n${first}`, ...rest]);
}
