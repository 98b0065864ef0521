import { afterAll, describe } from '@jest/globals';
import { testServers } from '../../store/neo4j-fixture.js';
import { describeAgreement } from '../access-engine-suite.js';
import { createNeo4jEngines } from './make-neo4j-engine.js';

/** Each writes a history into the database and asks it a hundred questions: seconds, where memory takes milliseconds. */
const runs = 3;

for (const server of testServers())
  describe(`on Neo4j ${server.version}`, () => {
    const { makeEngine, close } = createNeo4jEngines(server);
    afterAll(close);
    describeAgreement('the engine', makeEngine, runs);
  });
