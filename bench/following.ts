import { performance } from 'node:perf_hooks';
import type { IndexEngine } from '../src/access/index/index-engine.js';
import type { GraphChange } from '../src/graph/change.js';
import { asCommitId, identityIdOf } from '../src/graph/ids.js';
import type { GraphStore } from '../src/store/graph-store.js';
import { identityNumber, membershipNumber } from './estate.js';
import { micros, type Row } from './harness.js';

const commits = 1_000;
const edgesACommit = 10;

/** What it costs the index to take an edge, and to step back over all of them for a question about the revision before. */
export async function followingRows(engine: IndexEngine, graph: GraphStore, at: number): Promise<Row[]> {
  const { revision } = await graph.head();
  for (let number = 0; number < commits; number++) {
    const changes = Array.from(
      { length: edgesACommit },
      (_, i): GraphChange => membershipNumber(number * edgesACommit + i),
    );
    await graph.commit({ id: asCommitId(`follow-${number}`), meta: { actor: 'bench' }, changes });
  }
  const times: number[] = [];
  let changed = 0;
  for (let from = revision; ; ) {
    const page = await graph.commitsAfter(from);
    if (page.length === 0) break;
    for (const stored of page) {
      const start = performance.now();
      engine.offer(stored);
      times.push(((performance.now() - start) * 1000) / stored.effects.length);
      changed += stored.effects.length;
    }
    from = page.at(-1)!.revision;
  }
  times.sort((a, b) => a - b);
  const start = performance.now();
  await engine.effectivePermissions({ identity: identityIdOf(identityNumber(0)), first: 1, revision, at });
  const back = (performance.now() - start) * 1000;
  return [
    {
      what: 'a change taken from a commit, p50, p99',
      figure: `${micros(times[times.length >> 1]!)}, ${micros(times[Math.floor(times.length * 0.99)]!)}`,
    },
    { what: `a question ${changed} changes back, and back again`, figure: micros(back) },
  ];
}
