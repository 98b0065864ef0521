import { expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { GraphChange } from '../../src/graph/change.js';
import type { EdgeId, NodeId } from '../../src/graph/ids.js';
import type { MakeEngine } from '../access/make-engine.js';
import { propertyRuns } from '../access/property-runs.js';
import { caseInstant } from '../corpus/access-case.js';
import { randomAllowingLine, randomEstate } from '../estate/random-estate.js';
import { momentOf } from '../oracle/moment.js';
import { covers, lost, type World, worldOf } from './world.js';

/** What more or fewer edges do to access: laws 1 and 9. */
export function describeChangeLaws(makeEngine: MakeEngine): void {
  it('loses nothing by an allowing edge below which no deny lies, and gains nothing by its removal', () =>
    fc.assert(
      fc.asyncProperty(randomEstate(), randomAllowingLine(), async (estate, allowing) => {
        const line = `${allowing} as added`;
        const world = await worldOf(makeEngine, estate);
        const before = await world.decisions();
        await world.say(line);
        fc.pre(!(await leadsToDeny(world)));
        const between = await world.decisions();
        await world.say(`no ${line}`);
        const after = await world.decisions();
        await world.engine.close();
        expect({ byAdding: lost(before, between), byRemoving: lost(after, between) }).toEqual({
          byAdding: [],
          byRemoving: [],
        });
        expect(after).toEqual(before);
      }),
      { numRuns: propertyRuns(40) },
    ));

  it('loses nothing that is needed by cutting a bringing edge, and gains nothing unless a deny lies below it', () =>
    fc.assert(
      fc.asyncProperty(randomEstate(), fc.nat(), fc.nat(), async (estate, whichPath, whichNeed) => {
        const world = await worldOf(makeEngine, estate);
        const needed = world.permissions[whichNeed % world.permissions.length] as NodeId;
        const bringing = await bringingEdges(world, needed);
        fc.pre(bringing.length > 0);
        const { identity, edge, cuttingMayGive } = bringing[whichPath % bringing.length] as Bringing;
        const before = await world.decisions();
        world.log.commit([{ kind: 'closeEdge', id: edge } satisfies GraphChange]);
        await world.engine.catchUp((await world.log.head()).revision);
        const after = await world.decisions();
        await world.engine.close();
        const coveredNeeds = [...before].filter(
          ([key, decision]) => key.startsWith(`${identity} ${needed} `) && covers(decision),
        );
        expect(lost(new Map(coveredNeeds), after)).toEqual([]);
        if (!cuttingMayGive) expect(lost(after, before)).toEqual([]);
      }),
      { numRuns: propertyRuns(40) },
    ));
}

/** Whether from the target of the edge added last a deny can be reached over whatever exists. */
async function leadsToDeny({ log }: World): Promise<boolean> {
  const { revision } = await log.head();
  const { links } = momentOf(log.rows(), revision, caseInstant);
  const added = links.find(({ edge }) => edge.statement === 'added');
  if (!added) return false;
  const reached = new Set<NodeId>([added.edge.to]);
  for (let before = -1; before !== reached.size; ) {
    before = reached.size;
    for (const { edge } of links) if (reached.has(edge.from)) reached.add(edge.to);
  }
  return links.some(({ edge }) => 'effect' in edge && edge.effect === 'DENY' && reached.has(edge.from));
}

interface Bringing {
  readonly identity: NodeId;
  readonly edge: EdgeId;
  readonly cuttingMayGive: boolean;
}

/** Of every path to a permission that is not the needed one. */
async function bringingEdges({ engine, identities, permissions }: World, needed: NodeId): Promise<readonly Bringing[]> {
  const found: Bringing[] = [];
  for (const identity of identities)
    for (const permission of permissions.filter((each) => each !== needed)) {
      const { items } = await engine.inheritancePaths({ identity, permission, justified: [needed], first: 100 });
      for (const { hops, bringingEdge, cuttingMayGive = false } of items) {
        const edge = bringingEdge === undefined ? undefined : hops[bringingEdge]?.id;
        if (edge) found.push({ identity, edge, cuttingMayGive });
      }
    }
  return found;
}
