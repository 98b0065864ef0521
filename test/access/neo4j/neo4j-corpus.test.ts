import { afterAll, describe } from '@jest/globals';
import { testServers } from '../../store/neo4j-fixture.js';
import { describeCorpus } from '../access-engine-suite.js';
import { createNeo4jEngines } from './make-neo4j-engine.js';

for (const server of testServers())
  describe(`on Neo4j ${server.version}`, () => {
    const { makeEngine, close } = createNeo4jEngines(server);
    afterAll(close);
    describeCorpus('the engine', makeEngine);
  });
