import { afterEach, describe, expect, it } from '@jest/globals';
import { testServers } from './neo4j-fixture.js';

const given = { ...process.env };
afterEach(() => {
  process.env = { ...given };
});

describe('a test that needs a Neo4j where there is none', () => {
  it('fails with the line that says how to get one', () => {
    for (const name of ['NEO4J_URI', 'NEO4J_SECOND_URI']) delete process.env[name];
    process.env.NEO4J_MISSING = 'no Neo4j: set NEO4J_URI, or start Docker, or install Java 17';
    expect(() => testServers()).toThrow(/^no Neo4j: set NEO4J_URI, or start Docker, or install Java 17$/);
    delete process.env.NEO4J_MISSING;
    expect(() => testServers()).toThrow('run it with `npm test`');
  });
});
