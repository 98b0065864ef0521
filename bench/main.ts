import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runAccess } from './access.js';
import { runCatalogues } from './catalogues.js';
import { runCommits } from './commits.js';
import { runFindings } from './findings.js';
import type { Row } from './harness.js';
import { printTable } from './harness.js';
import { runNeo4j } from './neo4j.js';
import { runNeo4jCommits, runNeo4jLoad } from './neo4j-commits.js';

const help = `npm run bench [-- NAME …]    every benchmark, or those named; each prints its figures beside what they must reach
  access-s   access questions on 10,000 identities, against recursive SQL on the same file, plain and governed
  access-m   the same on 200,000 identities and two million edges (half an hour)
  catalogues real role catalogues (where ../shared holds them): import, import again, size and speed in the index
  commits    commits a second: alone, with 50 callers, in bulk
  findings   all findings of 10,000 identities: at first, and after one change
  neo4j-commits  the same on a Neo4j that is started for it
  neo4j-s    the same questions to the index on either store, to the engine in Neo4j, to Cypher and to SQL
  neo4j-m    the same on 200,000 identities and two million edges (half an hour, 10 GB of memory); only when named
  neo4j-load     the two million edges into a Neo4j, in a stream (a quarter of an hour); only when named`;

type Benchmark = (folder: string) => AsyncIterable<{ readonly title: string; readonly rows: readonly Row[] }>;
const benchmarks: Readonly<Record<string, Benchmark>> = {
  commits: runCommits,
  findings: runFindings,
  'neo4j-commits': runNeo4jCommits,
  'neo4j-load': runNeo4jLoad,
  catalogues: runCatalogues,
  'access-s': (folder) => runAccess('S', folder),
  'access-m': (folder) => runAccess('M', folder),
  'neo4j-s': (folder) => runNeo4j('S', folder),
  'neo4j-m': (folder) => runNeo4j('M', folder),
};
const usual = Object.keys(benchmarks).filter((name) => name !== 'neo4j-m' && name !== 'neo4j-load');

const names = process.argv.slice(2);
if (names.includes('--help') || names.some((name) => benchmarks[name] === undefined)) {
  console.log(help);
  process.exit(names.includes('--help') ? 0 : 1);
}
console.log(`Node ${process.versions.node}, ${new Date().toISOString().slice(0, 10)}`);
let missed = 0;
for (const name of names.length > 0 ? names : usual) {
  const folder = mkdtempSync(join(tmpdir(), 'identity-graph-bench-'));
  try {
    for await (const { title, rows } of benchmarks[name]!(folder)) {
      printTable(title, rows);
      missed += rows.filter((row) => row.must?.met === false).length;
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
console.log(missed === 0 ? '\nall figures reach what they must' : `\n${missed} figures miss what they must reach`);
process.exit(missed === 0 ? 0 : 1);
