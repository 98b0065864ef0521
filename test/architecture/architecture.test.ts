import { readdirSync, readFileSync } from 'node:fs';
import { join, relative, resolve, sep } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { faults, type Sources } from './house.js';

const root = resolve(process.cwd());
const sources: Sources = new Map(
  ['src', 'resolvers']
    .flatMap((folder) => listSources(join(root, folder)))
    .map((file) => [relative(root, file).split(sep).join('/'), readFileSync(file, 'utf8')]),
);

describe('the architecture', () => {
  it('knows the room of every file', () => expect(faults.ofRooms(sources)).toEqual([]));
  it('lets imports go one way only', () => expect(faults.ofDirection(sources)).toEqual([]));
  it('has no cycle of files', () => expect(faults.ofCycles(sources)).toEqual([]));
  it('keeps fenced packages and the environment in their places', () => expect(faults.ofFences(sources)).toEqual([]));
  it('keeps the graph pure: no I/O, no time, no chance, nothing asynchronous, no validation library', () =>
    expect(faults.ofPurity(sources)).toEqual([]));
  it('has no junk drawers, default exports, classes but errors, enums or untyped values', () =>
    expect(faults.ofStyle(sources)).toEqual([]));
});

describe('a house that breaks a rule is told so', () => {
  const house = (files: Readonly<Record<string, string>>) => new Map(Object.entries(files));

  it('a file that stands in no room', () => {
    expect(faults.ofRooms(house({ 'src/attic/box.ts': '', 'src/graph/node.ts': '' }))).toEqual(['src/attic/box.ts']);
  });

  it('an import upward, of an adapter, or of a file without a room', () => {
    const wrong = {
      'src/graph/a.ts': "import type { Store } from '../store/graph-store.js';",
      'src/usecases/b.ts': "import { openSqliteStore } from '../store/sqlite/sqlite-store.js';",
      'src/graphql/c.ts': "const scim = await import('../scim/patch.js');",
      'src/store/d.ts': "export * from '../../scripts/e.js';",
      'src/compose.ts': "import { openSqliteStore } from './store/sqlite/sqlite-store.js';",
    };
    expect(faults.ofDirection(house(wrong))).toEqual([
      'src/graph/a.ts imports src/store/graph-store.ts',
      'src/usecases/b.ts imports src/store/sqlite/sqlite-store.ts',
      'src/graphql/c.ts imports src/scim/patch.ts',
      'src/store/d.ts imports scripts/e.ts',
    ]);
  });

  it('a cycle, however long', () => {
    const ring = {
      'src/graph/a.ts': "import './b.js';",
      'src/graph/b.ts': "import type { C } from './c.js';",
      'src/graph/c.ts': "import {\n  a,\n} from './a.js';",
    };
    expect(faults.ofCycles(house(ring))).toEqual([
      'src/graph/a.ts',
      'src/graph/b.ts',
      'src/graph/c.ts',
      'src/graph/a.ts',
    ]);
  });

  it('a fenced package or the environment elsewhere', () => {
    const wrong = {
      'src/store/sqlite/writer.ts': "import { DatabaseSync } from 'node:sqlite';",
      'src/store/check-store.ts': "const sqlite = process.getBuiltinModule('node:sqlite');",
      'src/access/neo4j/engine.ts': "import neo4j from 'neo4j-driver';",
      'src/http/server.ts': 'const port = process.env.PORT;',
      'src/kernel/config.ts': 'const port = process.env.PORT;',
    };
    expect(faults.ofFences(house(wrong))).toEqual([
      'src/store/sqlite/writer.ts imports node:sqlite',
      'src/store/check-store.ts imports node:sqlite',
      'src/access/neo4j/engine.ts imports neo4j-driver',
      'src/http/server.ts reads the environment',
    ]);
  });

  it('a graph that waits, looks at the clock, throws dice, reads files or validates', () => {
    const wrong = {
      'src/graph/a.ts': "import { z } from 'zod';\nexport async function load() {}",
      'src/graph/b.ts': 'const now = [new Date(), Date.now(), performance.now()];',
      'src/graph/c.ts': "import { randomUUID } from 'node:crypto';\nconst id = Math.random();",
      'src/graph/d.ts': "import { readFileSync } from 'node:fs';\n/** async, in words */\nconst hash = new Date(0);",
      'src/store/e.ts': 'export async function load() {}',
    };
    expect(faults.ofPurity(house(wrong))).toEqual([
      'src/graph/a.ts: zod',
      'src/graph/a.ts: async',
      'src/graph/b.ts: new Date()',
      'src/graph/b.ts: Date.now',
      'src/graph/b.ts: performance',
      'src/graph/c.ts: randomUUID',
      'src/graph/c.ts: Math.random',
      'src/graph/d.ts: node:fs',
    ]);
  });

  it('what the style forbids', () => {
    const wrong = {
      'src/graph/utils.ts': '',
      'src/graph/a.ts': 'export default 1;',
      'src/graph/b.ts': 'class Box {}\nclass GraphError extends Error {}',
      'src/graph/c.ts': 'enum Kind { A }',
      'src/graph/d.ts': 'const x: any = 1;',
    };
    expect(faults.ofStyle(house(wrong))).toEqual([
      'src/graph/utils.ts: junk drawer',
      'src/graph/a.ts: default export',
      'src/graph/b.ts: class',
      'src/graph/c.ts: enum',
      'src/graph/d.ts: untyped value',
    ]);
  });
});

function listSources(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith('.ts'))
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
}
