import { expect, it } from '@jest/globals';
import fc from 'fast-check';
import { EDGE_KINDS } from '../../src/graph/edge.js';
import { NODE_KINDS } from '../../src/graph/node-kind.js';
import type { MakeEngine } from '../access/make-engine.js';
import { propertyRuns } from '../access/property-runs.js';
import { randomEstate, randomHistory } from '../estate/random-estate.js';
import { type World, worldOf } from './world.js';

/** What changes no answer: laws 2, 6, 7 and 8. */
export function describeInvarianceLaws(makeEngine: MakeEngine): void {
  it('answers the same beside a component that shares nothing with it', () =>
    fc.assert(
      fc.asyncProperty(randomEstate(), async (estate) => {
        const world = await worldOf(makeEngine, estate);
        const before = await answersOf(world);
        await world.say(unrelated);
        expect(await answersOf(world)).toEqual(before);
        await world.engine.close();
      }),
      { numRuns: propertyRuns(10) },
    ));

  it('answers the same of other names, up to order', () =>
    fc.assert(
      fc.asyncProperty(randomEstate(), async (estate) => {
        const world = await worldOf(makeEngine, estate);
        const other = await worldOf(makeEngine, renamed(estate));
        const expected = (await answersOf(world)).map((each) => inAnyOrder(renamed(each)));
        expect((await answersOf(other)).map(inAnyOrder).sort()).toEqual(expected.sort());
        await Promise.all([world.engine.close(), other.engine.close()]);
      }),
      { numRuns: propertyRuns(10) },
    ));

  it('answers the same in whatever order the facts arrive', () =>
    fc.assert(
      fc.asyncProperty(randomEstate().chain(shuffled), async ({ together, oneByOne }) => {
        const world = await worldOf(makeEngine, together);
        const other = await worldOf(makeEngine, ...oneByOne);
        expect(await answersOf(other)).toEqual(await answersOf(world));
        await Promise.all([world.engine.close(), other.engine.close()]);
      }),
      { numRuns: propertyRuns(10) },
    ));

  it('answers the same at an old revision, whatever is committed later', () =>
    fc.assert(
      fc.asyncProperty(randomHistory(), async ([estate = '', ...later]) => {
        const world = await worldOf(makeEngine, estate);
        const { revision } = await world.log.head();
        const before = await answersOf(world, `revision ${revision}`);
        for (const text of later) await world.say(text);
        expect(await answersOf(world, `revision ${revision}`)).toEqual(before);
        await world.engine.close();
      }),
      { numRuns: propertyRuns(10) },
    ));

  it('replays to the graph that a snapshot of the same revision holds', () =>
    fc.assert(
      fc.asyncProperty(randomHistory(), async (history) => {
        const { log, engine } = await worldOf(makeEngine, ...history);
        for (const { revision } of log.commits())
          expect(await snapshotOf(log, revision)).toEqual(openAt(log, revision));
        await engine.close();
      }),
      { numRuns: propertyRuns(20) },
    ));
}

const unrelated = `perm:far of app:far
  role:far of app:far grants perm:far
  svc:far of tenant:far in group:far of tenant:far in group:far has role:far@far:far:/
  svc:far can-act-as svc:further of tenant:far has role:far@far:far:/ until 52
  role:far denies perm:far
  everyone:far has role:far@far:far:/x`;

/** Everything about everyone of the estate as it was first: rows, who can, paths. */
async function answersOf({ identities, permissions, places, ask }: World, when = ''): Promise<string[]> {
  const nameOf = (resource: string) => resource.replaceAll('.', '/');
  const questions = [
    ...identities.flatMap((identity) => [
      `details ${identity}`,
      `rows ${identity} standing LATENT`,
      ...permissions.map((permission) => `paths ${identity} ${permission}`),
    ]),
    ...places.map(({ permission, resource }) => `who ${permission} @${nameOf(resource)}`),
  ];
  const answers: string[] = [];
  for (const question of questions) {
    const asked = `${question} ${when}`.trim();
    answers.push([asked, await ask(asked)].flat().join('\n'));
  }
  return answers;
}

/** Each name becomes another, so that the order of ids changes. */
function renamed(text: string): string {
  const names: Record<string, string> = {
    'svc:1': 'svc:71',
    'svc:2': 'svc:60',
    'group:a': 'group:y',
    'group:b': 'group:x',
    'role:1': 'role:9',
    'role:2': 'role:8',
    'perm:p': 'perm:w',
    'perm:q': 'perm:v',
  };
  return text.replaceAll(/\b(svc:[12]|group:[ab]|role:[12]|perm:[pq])\b/g, (name) => names[name] ?? name);
}

/** The least of equally good witnesses depends on ids, so overriding paths are left out. */
function inAnyOrder(answer: string): string {
  return answer
    .replaceAll(/ by .*/g, '')
    .split('\n')
    .sort()
    .join('\n');
}

/** Every edge gets a statement of its own; then one commit a line, in any order. */
function shuffled(estate: string): fc.Arbitrary<{ together: string; oneByOne: readonly string[] }> {
  const lines = estate.split('\n').map((line, place) => (isEdge(line) ? `${line} as s${place}` : line));
  const edges = lines.filter(isEdge);
  const nodes = lines.filter((line) => !isEdge(line)).join('\n');
  return fc.shuffledSubarray(edges, { minLength: edges.length }).map((order) => ({
    together: lines.join('\n'),
    oneByOne: [nodes, ...order],
  }));
}

const isEdge = (line: string) => / (in|has|inherits|grants|denies|can-act-as|cannot-act-as) /.test(line);

async function snapshotOf(log: World['log'], revision: number) {
  const found = { nodes: [] as unknown[], edges: [] as unknown[] };
  for await (const batch of log.snapshot(revision)) {
    if (batch.kind === 'nodes') found.nodes.push(...batch.nodes.map(({ node, stamps }) => ({ node, stamps })));
    if (batch.kind === 'edges') found.edges.push(...batch.edges.map(({ id, edge, since }) => ({ id, edge, since })));
  }
  return found;
}

/** The same from the versions' own `since` and `until`. */
function openAt(log: World['log'], revision: number) {
  const { nodes, edges } = log.rows();
  const isOpen = (since: number, until = Number.POSITIVE_INFINITY) => since <= revision && revision < until;
  return {
    nodes: nodes
      .filter(({ stamps, until }) => isOpen(stamps.since, until))
      .sort(
        (a, b) => NODE_KINDS.indexOf(a.node.kind) - NODE_KINDS.indexOf(b.node.kind) || (a.node.id < b.node.id ? -1 : 1),
      )
      .map(({ node, stamps }) => ({ node, stamps })),
    edges: edges
      .filter(({ since, until }) => isOpen(since, until))
      .sort((a, b) => EDGE_KINDS.indexOf(a.edge.kind) - EDGE_KINDS.indexOf(b.edge.kind) || (a.id < b.id ? -1 : 1))
      .map(({ id, edge, since }) => ({ id, edge, since })),
  };
}
