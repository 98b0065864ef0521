import { afterAll } from '@jest/globals';
import { describeLaws } from '../../laws/laws-suite.js';
import { testServers } from '../../store/neo4j-fixture.js';
import { createNeo4jEngines } from './make-neo4j-engine.js';

/**
 * A law asks about every identity, permission and resource of several estates: what takes milliseconds in memory takes
 * most of a minute over a database. So each is tried a tenth as often.
 */
process.env.PROPERTY_RUNS = String(Number(process.env.PROPERTY_RUNS ?? '1') / 10);

const [server] = testServers();
const { makeEngine, close } = createNeo4jEngines(server);
afterAll(close);

describeLaws(`the engine on Neo4j ${server.version}`, makeEngine);
