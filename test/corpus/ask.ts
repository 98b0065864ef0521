import type {
  AccessEngine,
  AccessOrigin,
  Answer,
  DecideQuestion,
  EffectiveQuestion,
  InheritancePath,
  PathNode,
  PathsQuestion,
  PermissionRow,
  Standing,
  WhoCanQuestion,
} from '../../src/access/access-engine.js';
import type { Decision } from '../../src/graph/decision.js';
import type { EdgeKind } from '../../src/graph/edge.js';
import type { NodeId } from '../../src/graph/ids.js';
import type { PermissionClass, Plane } from '../../src/graph/node.js';
import { isGraphError } from '../../src/kernel/errors.js';
import { idOfName, nameOfId } from '../estate/estate-names.js';

/**
 * Questions in words, answered in words:
 *
 *     decide WHO PERMISSION @RESOURCE      ALLOWED
 *     rows WHO                             perm:deploy@/prod ALLOWED INHERITED except /prod/db
 *     paths WHO PERMISSION                 svc:ci > role:deployer@/prod > perm:deploy LIVE
 *     who PERMISSION @RESOURCE             svc:ci ALLOWED
 *     why-not WHO PERMISSION @RESOURCE     svc:ci > role:deployer@/prod > perm:deploy: EXPIRED 0 -> ALLOWED
 *     denies WHO PERMISSION @RESOURCE      the denying paths of `why-not`
 *     details WHO                          as rows, with depth and assigned roles
 *     edges WHO PERMISSION                 as paths, by the ids of their edges
 *     bringing WHO PERMISSION              the bringing edge of each path
 *     brought WHO                          each row with the id of its bringing edge
 *     before NODE …                        identities
 *     summary WHO                          name value, one line each, what is 0 or unknown left out
 *     cycles                               group:a group:b: group:a group:b
 *
 * Words that may follow: `for OTHER`, `with KEY=VALUE`, `at INSTANT`, `revision N`, `seeing TENANT,…`, `standing NAME`,
 * `max LENGTH`, `by ORDER`, `assume`, `pages` (one item each), and what narrows a listing: `via`, `avoid`, `kinds KIND,…`,
 * `cross-tenant`, `not-overridden`, `inherited-only`, `decided DECISION,…`, `from ORIGIN,…`, `tier-at-most N`, `plane P`,
 * `classes CLASS,…`, `only PERMISSION,…`, `in APPLICATION`, `types TYPE,…`. A refusal is answered with its code.
 */
export async function ask(engine: AccessEngine, tenants: readonly NodeId[], words: string): Promise<string | string[]> {
  const [kind = '', ...rest] = words.split(' ');
  const teller = tellers[kind];
  if (!teller) throw new Error(`no question: \`${words}\``);
  try {
    return await teller(engine, readWords(rest), (id) => nameOfId(id, tenants));
  } catch (error) {
    if (isGraphError(error)) return error.code;
    throw error;
  }
}

/** What any question may say beside whom and what it is about. */
type About = Partial<
  Omit<EffectiveQuestion & DecideQuestion & PathsQuestion & WhoCanQuestion, 'identity' | 'permission'>
>;
interface Words {
  readonly names: readonly NodeId[];
  readonly about: About;
}

function readWords(words: readonly string[]): Words {
  const names: NodeId[] = [];
  let about: About = {};
  const left = [...words];
  for (let word = left.shift(); word !== undefined; word = left.shift()) {
    const detail = details[word];
    if (word.startsWith('@')) about = { ...about, resource: idOfName(word.slice(1)) };
    else if (detail) about = { ...about, ...detail(() => left.shift() ?? '') };
    else names.push(idOfName(word));
  }
  return { names, about };
}

const details: { readonly [word: string]: (next: () => string) => About } = {
  for: (next) => ({ onBehalfOf: idOfName(next()) }),
  with: (next) => ({ context: Object.fromEntries(next().split('&').map(contextEntry)) }),
  at: (next) => ({ at: Number(next()) }),
  revision: (next) => ({ revision: Number(next()) }),
  seeing: (next) => ({ visible: next().split(',').map(idOfName) }),
  standing: (next) => ({ standing: next() as Standing }),
  max: (next) => ({ maxLength: Number(next()) }),
  by: (next) => ({ orderBy: next() as 'TIER' | 'PERMISSION' | 'DEPTH' }),
  via: (next) => ({ via: [idOfName(next())] }),
  avoid: (next) => ({ avoid: [idOfName(next())] }),
  justified: (next) => ({ justified: next().split(',').map(idOfName) }),
  assume: () => ({ includeAssume: true }),
  kinds: (next) => ({ edgeKinds: next().split(',') as EdgeKind[] }),
  decided: (next) => ({ decisions: next().split(',') as Decision[] }),
  from: (next) => ({ origins: next().split(',') as AccessOrigin[] }),
  'tier-at-most': (next) => ({ tierAtMost: Number(next()) }),
  plane: (next) => ({ plane: next() as Plane }),
  classes: (next) => ({ classes: next().split(',') as PermissionClass[] }),
  only: (next) => ({ permissions: next().split(',').map(idOfName) }),
  in: (next) => ({ application: idOfName(next()) }),
  types: (next) => ({ types: next().split(',') }),
  'cross-tenant': () => ({ crossTenantOnly: true }),
  'inherited-only': () => ({ inheritedOnly: true }),
  'not-overridden': () => ({ includeOverridden: false }),
  pages: () => ({ first: 1 }),
};

function contextEntry(text: string): readonly [string, string | number | boolean] {
  const [key = '', value = ''] = text.split('=');
  if (value === 'true' || value === 'false') return [key, value === 'true'];
  return [key, /^\d+$/.test(value) ? Number(value) : value];
}

type NameOf = (id: NodeId) => string;
type Teller = (engine: AccessEngine, words: Words, name: NameOf) => Promise<string | string[]>;

const tellers: { readonly [kind: string]: Teller } = {
  async decide(engine, { names, about }) {
    const answer = await engine.decide({ ...pair(names), resource: root, ...about });
    return answer.unknownReason ? `${answer.decision} ${answer.unknownReason}` : answer.decision;
  },
  async rows(engine, { names, about }, name) {
    const answer = await allOf((page) =>
      engine.effectivePermissions({ identity: named(names, 0), orderBy: 'PERMISSION', ...page, ...about }),
    );
    return [...answer.items.map((row) => tellRow(row, name)), ...tellCut(answer)];
  },
  async details(engine, { names, about }, name) {
    const { items } = await allOf((page) =>
      engine.effectivePermissions({ identity: named(names, 0), ...page, ...about }),
    );
    return items.map((row) => `${tellRow(row, name)} depth ${row.leastDepth} by ${row.roles.map(name).join(' ')}`);
  },
  async edges(engine, { names, about }) {
    const { items } = await allOf((page) => engine.inheritancePaths({ ...pair(names), ...page, ...about }));
    return items.map(({ hops }) => hops.map(({ id }) => id ?? 'derived').join(' '));
  },
  async paths(engine, { names, about }, name) {
    const answer = await allOf((page) => engine.inheritancePaths({ ...pair(names), ...page, ...about }));
    return [...answer.items.map((path) => tellJudgedPath(path, name)), ...tellCut(answer)];
  },
  async bringing(engine, { names, about }, name) {
    const { items } = await allOf((page) => engine.inheritancePaths({ ...pair(names), ...page, ...about }));
    return items.map((path) => tellBringing(path, name));
  },
  async brought(engine, { names, about }, name) {
    const identity = named(names, 0);
    const { items } = await allOf((page) =>
      engine.effectivePermissions({ identity, orderBy: 'PERMISSION', ...page, ...about }),
    );
    const { edges } = await engine.bringingEdges({ identity, rows: items, ...about });
    return items.map((row, at) => `${name(row.permission)}@${name(row.scope)} ${edges[at] ?? 'nothing'}`);
  },
  async before(engine, { names, about }, name) {
    const { identities } = await engine.identitiesBefore({ nodes: names, ...about });
    return identities.map(name);
  },
  async who(engine, { names, about }, name) {
    const answer = await allOf((page) => engine.whoCan({ permission: named(names, 0), ...page, ...about }));
    return [...answer.items.map((row) => `${name(row.identity)} ${row.decision}`), ...tellCut(answer)];
  },
  async 'why-not'(engine, { names, about }, name) {
    const { nearMisses } = await engine.whyNot({ ...pair(names), resource: root, ...about });
    return nearMisses.map(({ path, blockers, wouldBe }) => {
      const told = blockers.map(({ kind, hop, node }) => `${kind} ${hop}${node ? ` ${name(node)}` : ''}`).join(', ');
      return `${tellPath(path, name)}: ${told} -> ${wouldBe}`;
    });
  },
  async denies(engine, { names, about }, name) {
    const answer = await engine.whyNot({ ...pair(names), resource: root, ...about });
    return [answer.decision, ...answer.denyingPaths.map((path) => tellPath(path, name))];
  },
  async summary(engine, { names, about }) {
    const { asOf: _, completeness, tiers, ...counts } = await engine.summary({ identity: named(names, 0), ...about });
    const told = (of: object, prefix: string) =>
      Object.entries(of)
        .filter(([, count]) => count !== 0)
        .map(([key, count]) => `${prefix}${key} ${count}`)
        .sort();
    const ofTiers = tiers.flatMap(({ tier, ...each }) => told(each, `tier ${tier} `));
    return [...told(counts, ''), ...ofTiers, ...tellCut({ completeness })];
  },
  async cycles(engine, { about }, name) {
    const { items } = await engine.cycles(about);
    return items.map(({ nodes, loop }) => `${nodes.map(name).join(' ')}: ${loop.map(name).join(' ')}`);
  },
};

const root = idOfName('/');

function named(names: readonly NodeId[], place: number): NodeId {
  const name = names[place];
  if (!name) throw new Error('the question names too little');
  return name;
}

const pair = (names: readonly NodeId[]) => ({ identity: named(names, 0), permission: named(names, 1) });

interface PageAsked {
  readonly first: number;
  readonly after?: string;
}

/** Page by page to the last. */
async function allOf<Item>(
  fetch: (page: PageAsked) => Promise<Answer<Item>>,
): Promise<Pick<Answer<Item>, 'items' | 'completeness'>> {
  const items: Item[] = [];
  for (let after: string | undefined; ; ) {
    const answer = await fetch({ first: 1000, ...(after === undefined ? {} : { after }) });
    items.push(...answer.items);
    after = answer.next;
    if (after === undefined) return { items, completeness: answer.completeness };
  }
}

/** Unknown states are told by the decisions themselves, which say `UNKNOWN`. */
function tellCut({ completeness }: Pick<Answer<unknown>, 'completeness'>): string[] {
  const reasons = completeness.reasons.filter((reason) => reason !== 'UNKNOWN_STATE');
  return reasons.length === 0 ? [] : [`incomplete: ${reasons.join(' ')}`];
}

export function tellRow({ permission, scope, decision, except, origins }: PermissionRow, name: NameOf): string {
  const inside = except.map((deny) => `${name(deny.scope)}${deny.conditional ? '?' : ''}`);
  const lowered = inside.length > 0 ? ` except ${inside.join(' ')}` : '';
  return `${name(permission)}@${name(scope)} ${decision} ${origins.join('+')}${lowered}`;
}

function tellJudgedPath(path: InheritancePath, name: NameOf): string {
  const by = path.overriddenBy ? ` by ${tellPath(path.overriddenBy, name)}` : '';
  return `${tellPath(path, name)} ${path.status}${by}`;
}

function tellBringing(path: InheritancePath, name: NameOf): string {
  const hop = path.bringingEdge === undefined ? undefined : path.hops[path.bringingEdge];
  const told = hop ? `${tellNode(hop.from, name)} > ${tellNode(hop.to, name)}` : 'nothing';
  return `${told}${path.structural ? ' structural' : ''}${path.cuttingMayGive ? ' may give' : ''}`;
}

export function tellPath({ hops }: InheritancePath, name: NameOf): string {
  const [first] = hops;
  const steps = hops.map(({ to, scope }) => `${tellNode(to, name)}${scope ? `@${tellNode(scope, name)}` : ''}`);
  return [...(first ? [tellNode(first.from, name)] : []), ...steps].join(' > ');
}

const tellNode = (node: PathNode, name: NameOf) => (node.kind === 'node' ? name(node.id) : 'REDACTED');
