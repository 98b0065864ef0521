import type { NodeId, Revision } from '../graph/ids.js';
import type { GraphNode, IdentityState, IdentityType } from '../graph/node.js';
import { NODE_KINDS } from '../graph/node-kind.js';
import type { Clock } from '../kernel/clock.js';
import { isGraphError } from '../kernel/errors.js';
import type { GraphStore } from '../store/graph-store.js';
import { createTurns } from './turns.js';

/** Of the identities that take part in answers. */
export interface IdentityCounts {
  of(tenant: NodeId, type: IdentityType, state: IdentityState): number;
}
/** As of the store's head. Counts them one by one at first, and from then on what commits change. */
export type CountIdentities = () => Promise<IdentityCounts>;

export interface CountDependencies {
  readonly store: Pick<GraphStore, 'head' | 'snapshot' | 'commitsAfter'>;
  readonly clock: Clock;
}

/** Those who ask meanwhile share one count. */
export function createIdentityCounter({ store, clock }: CountDependencies): CountIdentities {
  let known: Tally | undefined;
  let running: Promise<IdentityCounts> | undefined;

  return () => {
    running ??= count().finally(() => {
      running = undefined;
    });
    return running;
  };

  async function count(): Promise<IdentityCounts> {
    const before = known;
    known = undefined;
    known = (before && (await follow(before))) ?? (await begin());
    return known;
  }

  async function begin(): Promise<Tally> {
    const { revision } = await store.head();
    const tally = createTally(revision);
    const turn = createTurns(clock);
    for await (const batch of store.snapshot(revision)) {
      // What comes behind the identities is not read.
      if (batch.kind !== 'nodes') break;
      for (const { node } of batch.nodes) tally.add(node, 1);
      if (batch.nodes.some(({ node }) => isBehind(node))) break;
      await turn();
    }
    return tally;
  }

  /** Absent: what happened since is no longer kept. */
  async function follow(tally: Tally): Promise<Tally | undefined> {
    try {
      for (;;) {
        const commits = await store.commitsAfter(tally.revision);
        for (const { effects, revision } of commits) {
          for (const { kind, version } of effects)
            if ('node' in version) tally.add(version.node, kind === 'nodeOpened' ? 1 : -1);
          tally.revision = revision;
        }
        if (commits.length === 0) return tally;
      }
    } catch (error) {
      if (isGraphError(error, 'GONE')) return undefined;
      throw error;
    }
  }
}

interface Tally extends IdentityCounts {
  revision: Revision;
  /** Passes over what is no identity, or joined to another. */
  add(node: GraphNode, difference: 1 | -1): void;
}

function createTally(revision: Revision): Tally {
  const counts = new Map<string, number>();
  const keyOf = (tenant: NodeId, type: IdentityType, state: IdentityState) => `${type} ${state} ${tenant}`;
  return {
    revision,
    of: (...about) => counts.get(keyOf(...about)) ?? 0,
    add(node, difference) {
      if (node.kind !== 'Identity' || node.joinedTo !== undefined) return;
      const key = keyOf(node.tenant, node.type, node.state);
      counts.set(key, (counts.get(key) ?? 0) + difference);
    },
  };
}

const isBehind = ({ kind }: GraphNode): boolean => NODE_KINDS.indexOf(kind) > NODE_KINDS.indexOf('Identity');
