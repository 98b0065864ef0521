import type { AccessEngine } from '../../src/access/access-engine.js';
import type { Decision } from '../../src/graph/decision.js';
import type { NodeId } from '../../src/graph/ids.js';
import { createManualClock } from '../../src/kernel/clock.js';
import type { MakeEngine } from '../access/make-engine.js';
import { caseInstant } from '../corpus/access-case.js';
import { ask } from '../corpus/ask.js';
import { createEstate } from '../estate/estate-text.js';
import { createMemoryLog, type MemoryLog } from '../estate/memory-log.js';
import { momentOf } from '../oracle/moment.js';

/** An engine over an estate in words, with the names of what it can be asked about. */
export interface World {
  readonly log: MemoryLog;
  readonly engine: AccessEngine;
  readonly identities: readonly NodeId[];
  readonly permissions: readonly NodeId[];
  /** Pairs of one application. */
  readonly places: readonly { readonly permission: NodeId; readonly resource: NodeId }[];
  /** A question in words. */
  ask(question: string): Promise<string | string[]>;
  /** Commits what the text says beside what was said before, and has the engine apply it. */
  say(text: string): Promise<void>;
  /** Every decision, by `identity permission resource`. */
  decisions(): Promise<ReadonlyMap<string, Decision>>;
}

/** One commit a text. */
export async function worldOf(makeEngine: MakeEngine, ...texts: readonly string[]): Promise<World> {
  const { read } = createEstate();
  const log = createMemoryLog(...texts.map(read));
  const engine = await makeEngine(log, createManualClock(caseInstant));
  const { revision } = await log.head();
  const moment = momentOf(log.rows(), revision, caseInstant);
  const ofKind = (kind: string) => [...moment.nodes.values()].filter((node) => node.kind === kind).map(({ id }) => id);
  const identities = moment.identities().map(({ id }) => id);
  const permissions = ofKind('Permission');
  const places = permissions.flatMap((permission) =>
    ofKind('Resource')
      .filter(
        (resource) =>
          moment.find('Resource', resource)?.application === moment.find('Permission', permission)?.application,
      )
      .map((resource) => ({ permission, resource })),
  );
  const tenants = ofKind('Tenant');
  return {
    log,
    engine,
    identities,
    permissions,
    places,
    ask: (question) => ask(engine, tenants, question),
    async say(text) {
      log.commit(read(text));
      await engine.catchUp((await log.head()).revision);
    },
    async decisions() {
      const all = new Map<string, Decision>();
      for (const identity of identities)
        for (const place of places) {
          const { decision } = await engine.decide({ identity, ...place });
          all.set(`${identity} ${place.permission} ${place.resource}`, decision);
        }
      return all;
    },
  };
}

/** From no access to all of it; what is unknown lies between what covers and what does not. */
const HEIGHTS: readonly Decision[] = ['DENIED', 'NOT_GRANTED', 'UNKNOWN', 'CONDITIONAL', 'ALLOWED'];
export const isLower = (a: Decision, b: Decision): boolean => HEIGHTS.indexOf(a) < HEIGHTS.indexOf(b);
export const covers = (decision: Decision | undefined): boolean => decision === 'ALLOWED' || decision === 'CONDITIONAL';

/** What is lower after than before. */
export function lost(before: ReadonlyMap<string, Decision>, after: ReadonlyMap<string, Decision>): readonly string[] {
  return [...before].flatMap(([key, was]) => {
    const is = after.get(key) ?? 'NOT_GRANTED';
    return isLower(is, was) ? [`${key}: ${was} -> ${is}`] : [];
  });
}
