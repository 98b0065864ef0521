import { afterAll } from '@jest/globals';
import { testServers } from '../../store/neo4j-fixture.js';
import { describeAgreement } from '../access-engine-suite.js';
import { createNeo4jEngines } from './make-neo4j-engine.js';

const [server] = testServers();
const { makeEngine, close } = createNeo4jEngines(server);
afterAll(close);

/** Each writes a history into the database and asks it a hundred questions: seconds, where memory takes milliseconds. */
const runs = 4;

describeAgreement(`the engine on Neo4j ${server.version}`, makeEngine, runs);
