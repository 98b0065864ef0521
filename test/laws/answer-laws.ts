import { expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { InheritancePath, PermissionRow } from '../../src/access/access-engine.js';
import type { Decision } from '../../src/graph/decision.js';
import type { NodeId } from '../../src/graph/ids.js';
import type { MakeEngine } from '../access/make-engine.js';
import { propertyRuns } from '../access/property-runs.js';
import { caseInstant } from '../corpus/access-case.js';
import { randomEstate } from '../estate/random-estate.js';
import { type Moment, momentOf } from '../oracle/moment.js';
import { covers, isLower, type World, worldOf } from './world.js';

/** How the answers to different questions hang together: laws 4 and 5. */
export function describeAnswerLaws(makeEngine: MakeEngine): void {
  it('lists paths that verify against the graph, hop by hop', () =>
    everyWorld(makeEngine, randomEstate(), async (world) => {
      const moment = await momentOfWorld(world);
      for (const identity of world.identities)
        for (const permission of world.permissions) {
          const { items } = await world.engine.inheritancePaths({
            identity,
            permission,
            includeAssume: true,
            first: 100,
          });
          for (const path of items) expect(faultsOf(moment, path, identity, permission)).toEqual([]);
        }
    }));

  it('has an allow path where access is covered, none where nothing is granted, and a denying path where it is denied', () =>
    everyWorld(makeEngine, randomEstate().map(withStatesKnown), async (world) => {
      for (const [key, decision] of await world.decisions()) {
        const [identity, permission, resource] = key.split(' ') as [NodeId, NodeId, NodeId];
        const { items } = await world.engine.inheritancePaths({ identity, permission, resource, first: 100 });
        const { denyingPaths } = await world.engine.whyNot({ identity, permission, resource });
        expect({ key, decision, allows: items.length > 0, denies: denyingPaths.length > 0 }).toEqual({
          key,
          decision,
          allows: decision === 'DENIED' ? items.length > 0 : covers(decision),
          denies: decision === 'DENIED',
        });
      }
    }));

  it('counts paths exactly, or says at least how many', () =>
    everyWorld(makeEngine, randomEstate(), async ({ engine, identities, permissions }) => {
      for (const identity of identities)
        for (const permission of permissions) {
          const { items, pathCount } = await engine.inheritancePaths({ identity, permission, first: 1000 });
          const { atLeast, exact } = pathCount;
          expect({
            exact,
            isRight: exact ? Number(atLeast) === items.length : Number(atLeast) <= items.length,
          }).toEqual({ exact, isRight: true });
        }
    }));

  it('goes on at the same revision and instant from page to page, whatever is committed between', () =>
    everyWorld(makeEngine, randomEstate(), async ({ engine, identities, say }) => {
      const firstPages = await Promise.all(
        identities.map(async (identity) => ({
          whole: await engine.effectivePermissions({ identity, first: 1000 }),
          page: await engine.effectivePermissions({ identity, first: 1 }),
        })),
      );
      await say(identities.map((identity) => `${identity} has role:late@/ grants perm:p`).join('\n'));
      for (const [place, { whole, page }] of firstPages.entries()) {
        const identity = identities[place] as NodeId;
        const rest = page.next && (await engine.effectivePermissions({ identity, first: 1000, after: page.next }));
        const paged = { items: [...page.items, ...(rest ? rest.items : [])], asOf: rest ? rest.asOf : page.asOf };
        expect(paged).toEqual({ items: whole.items, asOf: whole.asOf });
      }
    }));

  it('says who can exactly where it decides that each can, or that nobody knows', () =>
    everyWorld(makeEngine, randomEstate(), async (world) => {
      const decisions = await world.decisions();
      for (const { permission, resource } of world.places) {
        const { items } = await world.engine.whoCan({ permission, resource, first: 1000 });
        const expected = world.identities
          .map((identity) => [identity, decisions.get(`${identity} ${permission} ${resource}`)] as const)
          .filter(([, decision]) => covers(decision) || decision === 'UNKNOWN');
        expect(items.map(({ identity, decision }) => [identity, decision])).toEqual(expected);
      }
    }));

  it('lists rows that reproduce what covers at every resource, where no grant names resources', () =>
    everyWorld(makeEngine, randomEstate().map(withoutPatterns), async (world) => {
      const moment = await momentOfWorld(world);
      const decisions = await world.decisions();
      for (const identity of world.identities) {
        const { items } = await world.engine.effectivePermissions({ identity, first: 1000 });
        for (const { permission, resource } of world.places) {
          const key = `${identity} ${permission} ${resource}`;
          const listed = highestAt(moment, items, permission, resource);
          expect({ key, covers: covers(listed) }).toEqual({ key, covers: covers(decisions.get(key)) });
        }
      }
    }));
}

async function everyWorld(
  makeEngine: MakeEngine,
  estates: fc.Arbitrary<string>,
  check: (world: World) => Promise<void>,
): Promise<void> {
  const property = fc.asyncProperty(estates, async (estate) => {
    const world = await worldOf(makeEngine, estate);
    await check(world);
    await world.engine.close();
  });
  await fc.assert(property, { numRuns: propertyRuns(12) });
}

/** What is decided of an unknown state is decided by what no live path shows. */
const withStatesKnown = (estate: string) => estate.replaceAll('is UNKNOWN', 'is SUSPENDED');
const withoutPatterns = (estate: string) => estate.replaceAll(/ (not-)?on \/\S+/g, '');

async function momentOfWorld({ log }: World): Promise<Moment> {
  return momentOf(log.rows(), (await log.head()).revision, caseInstant);
}

/** What an independent checker finds wrong with a path, knowing the graph and the rules of a path. */
function faultsOf(moment: Moment, { hops, length }: InheritancePath, identity: NodeId, permission: NodeId) {
  const faults: string[] = [];
  let place: string = identity;
  let actor: string = identity;
  const seen = new Set([`${actor} ${place}`]);
  for (const { id, kind, from, to } of hops) {
    const link = moment.links.find((each) =>
      id === undefined ? !each.id && each.edge.from === from.id && each.edge.to === to.id : each.id === id,
    );
    if (link?.edge.kind !== kind || link.edge.from !== from.id || link.edge.to !== to.id) faults.push(`no edge ${id}`);
    else if (moment.stopsOf(link).length > 0) faults.push(`${id} is not live`);
    if (from.id !== place) faults.push(`${id} does not begin where the path stands`);
    place = to.id;
    if (kind === 'CAN_ACT_AS') actor = place;
    if (seen.has(`${actor} ${place}`)) faults.push(`meets ${place} twice`);
    seen.add(`${actor} ${place}`);
  }
  if (place !== permission) faults.push(`ends at ${place}`);
  if (length !== hops.length) faults.push(`is ${hops.length} long, not ${length}`);
  return faults;
}

/** Each row that contains the resource, lowered by its own exceptions; the highest counts. */
function highestAt(moment: Moment, rows: readonly PermissionRow[], permission: NodeId, resource: NodeId): Decision {
  let highest: Decision = 'NOT_GRANTED';
  for (const row of rows) {
    if (row.permission !== permission || !moment.contains(row.scope, resource)) continue;
    const lowering = row.except.filter(({ scope }) => moment.contains(scope, resource));
    const isDenied = lowering.some(({ conditional }) => !conditional);
    const isDoubtful = lowering.length > 0 && row.decision === 'ALLOWED';
    const lowered = isDenied ? 'DENIED' : isDoubtful ? 'CONDITIONAL' : row.decision;
    if (isLower(highest, lowered)) highest = lowered;
  }
  return highest;
}
