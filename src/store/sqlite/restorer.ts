import { randomUUID } from 'node:crypto';
import type { StoredCommit } from '../../graph/change.js';
import { assertNever } from '../../kernel/assert.js';
import { GraphError } from '../../kernel/errors.js';
import type { RestoredHorizon, SnapshotBatch } from '../graph-store.js';
import { checkBase, checkFollows, notEmpty } from '../restore-checks.js';
import type { Committer } from './committer.js';
import type { Database, Row } from './driver.js';
import { createEffectWriter } from './effect-writer.js';
import { toHead } from './rows.js';
import type { RestoreStep, WriteResult } from './write-request.js';
import { anyRow, readHead, startAtHorizon, updateHorizonTotals } from './write-statements.js';

export interface Restorer {
  run(step: RestoreStep): Extract<WriteResult, { kind: 'restore' }>;
  /** `underWay`: the transaction stays open over the next group; `aborted`: it has to be rolled back. */
  state(): 'none' | 'underWay' | 'aborted';
  /** The transaction is gone, and with it what was restored. */
  forget(): void;
}

/** Fills an empty store from an export: the graph at its horizon, then its log, whose hashes are checked one by one. */
export function createRestorer(database: Database, committer: Committer): Restorer {
  const statements = {
    anyRow: database.prepare(anyRow),
    head: database.prepare(readHead),
    start: database.prepare(startAtHorizon),
    totals: database.prepare(updateHorizonTotals),
  };
  const effectWriter = createEffectWriter(database);
  let state: 'none' | 'underWay' | 'aborted' = 'none';
  let opened = { nodes: 0, edges: 0 };

  function begin({ revision, hash, at }: RestoredHorizon): void {
    if (statements.anyRow.get()) throw notEmpty();
    opened = { nodes: 0, edges: 0 };
    statements.start.run(randomUUID(), revision, hash, at);
    state = 'underWay';
  }

  function addBase(batch: SnapshotBatch): void {
    switch (batch.kind) {
      case 'nodes':
        for (const version of batch.nodes) effectWriter.openNode(version);
        opened.nodes += batch.nodes.length;
        return;
      case 'edges':
        for (const version of batch.edges) effectWriter.openEdge(version);
        opened.edges += batch.edges.length;
        return;
      case 'snapshotEnd':
        checkBase({ openNodes: opened.nodes, openEdges: opened.edges }, batch.head);
        statements.totals.run(opened.nodes, opened.edges);
        return;
      default:
        assertNever(batch);
    }
  }

  function addCommit(stored: StoredCommit): void {
    checkFollows(toHead(statements.head.get() as Row), stored);
    committer.append(stored);
  }

  return {
    run(step) {
      if (step.kind !== 'begin' && step.kind !== 'abort' && state !== 'underWay')
        throw new GraphError('UNAVAILABLE', 'the restore was interrupted; start it again');
      switch (step.kind) {
        case 'begin':
          begin(step.horizon);
          return { kind: 'restore' };
        case 'base':
          addBase(step.batch);
          return { kind: 'restore' };
        case 'log':
          for (const stored of step.commits) addCommit(stored);
          return { kind: 'restore' };
        case 'end':
          state = 'none';
          return { kind: 'restore', head: toHead(statements.head.get() as Row) };
        case 'abort':
          if (state === 'underWay') state = 'aborted';
          return { kind: 'restore' };
        default:
          return assertNever(step);
      }
    },
    state: () => state,
    forget() {
      state = 'none';
    },
  };
}
