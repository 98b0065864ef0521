import { describeGraphStore } from './graph-store-suite.js';
import { openOnFirstFree, testServers } from './neo4j-fixture.js';
import { describeSideStore } from './side-store-suite.js';

const [first, second] = testServers();

for (const servers of [
  [first, second],
  [second, first],
]) {
  const name = `Neo4j ${servers[0]!.version}`;
  describeGraphStore(name, () => openOnFirstFree(servers));
  describeSideStore(name, () => openOnFirstFree(servers));
}
