import { emptyDatabase, markForTests, testServers } from '../store/neo4j-fixture.js';
import { describeVisibleAtOnce } from './visible-at-once-suite.js';
import { startWholeService } from './whole-service.js';

for (const server of testServers())
  for (const engine of ['neo4j', 'index'])
    describeVisibleAtOnce(`with the engine ${engine} on Neo4j ${server.version}`, async () => {
      await emptyDatabase(server);
      const { uri: NEO4J_URI, username: NEO4J_USERNAME, password: NEO4J_PASSWORD } = server;
      const service = await startWholeService({ NEO4J_URI, NEO4J_USERNAME, NEO4J_PASSWORD, ACCESS_ENGINE: engine });
      await markForTests(server);
      return service;
    });
