import fc from 'fast-check';

/**
 * Small estates with everything in them: cyclic groups and roles, scopes, denies, conditions, patterns, windows,
 * eligible edges, states, sources that do not nest, an application for direct members only, acting as others, two
 * tenants. They are words, one edge a line, so that a counterexample reads, and becomes a case, as it stands.
 */
export function randomEstate(): fc.Arbitrary<string> {
  return fc
    .tuple(
      fc.array(anyChain(), { minLength: 2, maxLength: 5, size: 'max' }),
      fc.array(anyLine(), { minLength: 3, maxLength: 15, size: 'max' }),
    )
    .map(([chains, lines]) => [...named(), ...chains.flat(), ...lines].join('\n'));
}

/** An estate, then what each further commit says, takes back or removes. */
export function randomHistory(): fc.Arbitrary<readonly string[]> {
  const step = fc.array(anyEdit(), { minLength: 1, maxLength: 4 });
  return fc.tuple(randomEstate(), fc.array(step, { minLength: 1, maxLength: 4 })).map(([estate, steps]) => {
    const edges = estate.split('\n').filter(isEdgeLine);
    return [estate, ...steps.map((edits) => edits.map((edit) => wordsOf(edit, edges)).join('\n'))];
  });
}

/** What happens in one commit of a long history, and how long before the next question. */
export interface LongStep {
  readonly text: string;
  readonly passes: number;
}

/** A denser estate, then many commits while time passes: also settings of sources and applications are switched. */
export function randomLongHistory(): fc.Arbitrary<{ readonly estate: string; readonly steps: readonly LongStep[] }> {
  const edit = fc.oneof(
    { weight: 6, arbitrary: anyEdit() },
    { weight: 1, arbitrary: settingLine().map((line): Edit => ({ kind: 'say', line })) },
  );
  const step = fc.record({
    edits: fc.array(edit, { minLength: 1, maxLength: 5 }),
    passes: fc.constantFrom(0, 0, 1, 2),
  });
  return fc
    .tuple(
      randomEstate(),
      fc.array(anyLine(), { minLength: 5, maxLength: 20, size: 'max' }),
      fc.array(step, { minLength: 5, maxLength: 20, size: 'max' }),
    )
    .map(([estate, more, steps]) => {
      const lines = [...estate.split('\n'), ...more];
      const edges = lines.filter(isEdgeLine);
      const told = steps.map(({ edits, passes }) => {
        for (const edit of edits) if (edit.kind === 'say' && isEdgeLine(edit.line)) edges.push(edit.line);
        return { text: edits.map((each) => wordsOf(each, edges)).join('\n'), passes };
      });
      return { estate: lines.join('\n'), steps: told };
    });
}

function settingLine(): fc.Arbitrary<string> {
  return fc.oneof(
    words(fc.constantFrom('source:flat', 'source:idp', 'source:globex-idp'), fc.constantFrom('flat', 'nesting')),
    words(fc.constantFrom('app:crm', 'app:main'), fc.constantFrom('direct-members-only', 'any-members')),
  );
}

const identities = ['svc:1', 'svc:2', 'usr:3', 'svc:9'];
const groups = ['group:a', 'group:b', 'group:c', 'group:flat', 'group:globex'];
const mainRoles = ['role:1', 'role:2', 'role:3'];
const resources = ['/', '/a', '/a/x', '/b'];
export const instants = [45, 50, 55];

/** All that questions may be about, named once so that it exists. */
function named(): readonly string[] {
  return [
    'source:flat flat',
    'app:crm direct-members-only',
    'group:flat of source:flat',
    'svc:9 of tenant:globex',
    'group:globex of tenant:globex',
    'role:crm of app:crm',
    'perm:crm of app:crm',
    'perm:p tier 0',
    'perm:q tier 1',
    'perm:r tier 3',
    'crm:/x',
    'globex:main:/',
    ...[...identities, ...groups, ...mainRoles, ...resources],
  ];
}

/** From an identity to a permission, so that estates are not mostly loose ends. */
function anyChain(): fc.Arbitrary<readonly string[]> {
  return fc
    .record({
      identity: fc.constantFrom(...identities),
      groups: fc.array(fc.constantFrom(...groups), { maxLength: 2 }),
      role: fc.constantFrom(...mainRoles),
      junior: fc.option(fc.constantFrom(...mainRoles)),
      scope: fc.constantFrom(...resources),
      verb: fc.constantFrom('grants', 'grants', 'grants', 'denies'),
      permission: fc.constantFrom('perm:p', 'perm:p', 'perm:q'),
      more: fc.tuple(
        detail(eligible, window()),
        detail(eligible, window(), condition()),
        detail(condition(), pattern()),
      ),
    })
    .map(({ identity, groups, role, junior, scope, verb, permission, more: [member, assigned, granted] }) => {
      const holders = [identity, ...groups];
      return [
        ...groups.map((group, place) => `${holders[place]} in ${group} ${place === 0 ? member : ''}`.trim()),
        `${holders.at(-1)} has ${role}@${scope} ${assigned}`.trim(),
        ...(junior ? [`${role} inherits ${junior}`] : []),
        `${junior ?? role} ${verb} ${permission} ${granted}`.trim(),
      ];
    });
}

function anyLine(): fc.Arbitrary<string> {
  return fc.oneof(
    { weight: 5, arbitrary: membership() },
    { weight: 6, arbitrary: assignment() },
    { weight: 2, arbitrary: words(fc.constantFrom(...mainRoles), 'inherits', fc.constantFrom(...mainRoles)) },
    { weight: 5, arbitrary: grant() },
    { weight: 5, arbitrary: assumption() },
    { weight: 3, arbitrary: nodeLine() },
  );
}

function membership(): fc.Arbitrary<string> {
  return words(
    fc.constantFrom(...identities, ...identities, ...groups),
    'in',
    fc.constantFrom(...groups),
    detail(eligible, window()),
  );
}

function assignment(): fc.Arbitrary<string> {
  const holder = fc.constantFrom(...identities, ...groups, 'svc:1.idp', 'everyone:acme');
  const main = fc
    .tuple(fc.constantFrom(...mainRoles), fc.constantFrom(...resources, 'globex:main:/'))
    .map(([role, scope]) => `${role}@${scope}`);
  const crm = fc.constantFrom('role:crm@crm:/', 'role:crm@crm:/x');
  return words(
    holder,
    'has',
    fc.oneof({ weight: 5, arbitrary: main }, { weight: 1, arbitrary: crm }),
    detail(eligible, window(), condition()),
  );
}

function grant(): fc.Arbitrary<string> {
  const verb = fc.constantFrom('grants', 'grants', 'denies');
  const main = words(
    fc.constantFrom(...mainRoles),
    verb,
    fc.constantFrom('perm:p', 'perm:q', 'perm:r'),
    detail(condition(), pattern()),
  );
  const crm = words(fc.constant('role:crm'), verb, fc.constant('perm:crm'), detail(condition()));
  return fc.oneof({ weight: 6, arbitrary: main }, { weight: 1, arbitrary: crm });
}

function assumption(): fc.Arbitrary<string> {
  const verb = fc.constantFrom('can-act-as', 'can-act-as', 'can-act-as', 'cannot-act-as');
  const mode = fc.constantFrom('', '', 'on-behalf');
  const within = fc.constantFrom('', '', 'within /a', 'within /b');
  const holder = fc.oneof(
    fc.constantFrom(...identities, ...groups).map((name) => [name, ''] as const),
    fc.tuple(fc.constantFrom(...mainRoles), fc.constantFrom('at /', 'at /a')),
  );
  return fc
    .tuple(holder, verb, fc.constantFrom(...identities), mode, within, detail(eligible, window()))
    .map(([[name, at], ...rest]) => [name, rest[0], rest[1], at, ...rest.slice(2)].filter(Boolean).join(' '));
}

function nodeLine(): fc.Arbitrary<string> {
  return fc.oneof(
    words(fc.constantFrom(...groups, 'svc:1.idp', 'svc:2.idp', 'svc:1.flat'), fc.constantFrom('disabled', 'enabled')),
    words(fc.constantFrom(...identities), fc.constantFrom('is SUSPENDED', 'is ACTIVE', 'is UNKNOWN', 'expires 50')),
  );
}

const eligible = fc.constant('eligible');
const window = () => fc.constantFrom('until 50', 'until 55', 'from 50', 'from 52', 'from 46 until 51');
const pattern = () => fc.constantFrom('on /a', 'on /a/*', 'on /b*', 'not-on /a/x', 'not-on /b,/a');
const condition = () => fc.constantFrom('if env=prod', 'if !env=prod', 'if ?opaque', 'if env=prod&mfa=true');

/** Mostly nothing. */
function detail(...some: readonly fc.Arbitrary<string>[]): fc.Arbitrary<string> {
  return fc.oneof({ weight: 6, arbitrary: fc.constant('') }, ...some.map((arbitrary) => ({ weight: 1, arbitrary })));
}

function words(...parts: readonly (string | fc.Arbitrary<string>)[]): fc.Arbitrary<string> {
  return fc
    .tuple(...parts.map((part) => (typeof part === 'string' ? fc.constant(part) : part)))
    .map((each) => each.filter(Boolean).join(' '));
}

type Edit =
  | { readonly kind: 'say'; readonly line: string }
  | { readonly kind: 'takeBack'; readonly pick: number }
  | { readonly kind: 'remove'; readonly name: string };

function anyEdit(): fc.Arbitrary<Edit> {
  const removable = ['group:a', 'group:b', 'role:1', 'role:3', 'perm:r', '/b'];
  return fc.oneof(
    { weight: 3, arbitrary: anyLine().map((line): Edit => ({ kind: 'say', line })) },
    { weight: 3, arbitrary: fc.nat(99).map((pick): Edit => ({ kind: 'takeBack', pick })) },
    { weight: 1, arbitrary: fc.constantFrom(...removable).map((name): Edit => ({ kind: 'remove', name })) },
  );
}

const isEdgeLine = (line: string) => / (in|has|inherits|grants|denies|can-act-as|cannot-act-as) /.test(line);

function wordsOf(edit: Edit, edges: readonly string[]): string {
  if (edit.kind === 'say') return edit.line;
  if (edit.kind === 'remove') return `gone ${edit.name}`;
  const line = edges[edit.pick % Math.max(1, edges.length)];
  return line ? `no ${line}` : '';
}

/** One more edge of the kinds that only ever give: what it says beside that, it says of itself. */
export function randomAllowingLine(): fc.Arbitrary<string> {
  return anyLine().filter((line) => isEdgeLine(line) && !/ (denies|cannot-act-as) /.test(line));
}
