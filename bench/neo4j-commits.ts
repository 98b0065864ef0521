import type { Neo4jStore } from '../src/store/neo4j/neo4j-store.js';
import { commitsASecond } from './commits.js';
import { generateEstate, SIZES } from './estate.js';
import type { Row } from './harness.js';
import { type Load, load } from './load.js';
import { onOwnNeo4j } from './neo4j-server.js';

type Table = { readonly title: string; readonly rows: Row[] };

/** Commits a second of one membership each on Neo4j: one caller, whose every commit is a transaction, and 50 that share them. */
export function runNeo4jCommits(): AsyncIterable<Table> {
  return onOwnNeo4j({ heapMegabytes: 1024, pageCacheMegabytes: 256 }, async function* ({ graph }: Neo4jStore, version) {
    const loaded = await load(graph, generateEstate(SIZES.S, 'plain'));
    // What the server has compiled it runs faster: both sides are measured warm.
    await commitsASecond(graph, 50, 4);
    await commitsASecond(graph, 1, 4);
    const alone = await commitsASecond(graph, 1, 8);
    const together = await commitsASecond(graph, 50, 8);
    const ratio = together / alone;
    yield {
      title: `commits on Neo4j ${version}`,
      rows: [
        { what: 'one caller, a transaction each', figure: `${alone.toFixed(0)} a second` },
        {
          what: '50 callers',
          figure: `${together.toFixed(0)} a second, ${ratio.toFixed(1)}× one transaction each`,
          must: { text: '≥ 10×', met: ratio >= 10 },
        },
        loadRow(SIZES.S.name, loaded),
      ],
    };
  });
}

/** The estate of two million edges, in a stream through the store's port. */
export function runNeo4jLoad(): AsyncIterable<Table> {
  return onOwnNeo4j(
    { heapMegabytes: 2048, pageCacheMegabytes: 1024 },
    async function* ({ graph }: Neo4jStore, version) {
      const loaded = await load(graph, generateEstate(SIZES.M, 'plain'));
      const { openEdges } = await graph.head();
      yield {
        title: `bulk load into Neo4j ${version}`,
        rows: [
          loadRow(SIZES.M.name, loaded),
          {
            what: 'edges',
            figure: `${openEdges}, ${(openEdges / loaded.seconds).toFixed(0)} a second`,
            must: { text: '≥ 1,900,000', met: openEdges >= 1_900_000 },
          },
          {
            what: 'growth of the heap, from the first tenth of the load to its last',
            figure: `${loaded.heapGrowthMib.toFixed(0)} MiB`,
            must: { text: '≤ 64 MiB', met: loaded.heapGrowthMib <= 64 },
          },
        ],
      };
    },
  );
}

function loadRow(size: string, { changes, seconds }: Load): Row {
  return {
    what: `bulk load of ${size}`,
    figure: `${changes} changes in ${seconds.toFixed(0)} s, ${(changes / seconds).toFixed(0)} a second`,
  };
}
