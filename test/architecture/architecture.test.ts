import { readdirSync, readFileSync } from 'node:fs';
import { basename, dirname, join, relative, resolve } from 'node:path';
import { describe, expect, it } from '@jest/globals';

const root = resolve(process.cwd());

/** The rooms of the house, and what each may import beside itself. The longest prefix of a path names its room. */
const ROOMS: Readonly<Record<string, readonly string[]>> = {
  'src/kernel': [],
  'src/graph': ['src/kernel'],
  'src/store': ['src/kernel', 'src/graph'],
  'src/access': ['src/kernel', 'src/graph'],
  'src/store/sqlite': ['src/kernel', 'src/graph', 'src/store'],
  'src/store/neo4j': ['src/kernel', 'src/graph', 'src/store'],
  'src/access/index': ['src/kernel', 'src/graph', 'src/store', 'src/access'],
  'src/access/neo4j': ['src/kernel', 'src/graph', 'src/store', 'src/access', 'src/access/index'],
  'src/catalog': ['src/kernel', 'src/graph'],
  'src/scim': ['src/kernel', 'src/graph'],
  'src/governance': ['src/kernel', 'src/graph', 'src/access'],
  'src/usecases': ['src/kernel', 'src/graph', 'src/store', 'src/access', 'src/catalog', 'src/scim', 'src/governance'],
  'src/sample': [],
  'src/http': ['src/kernel', 'src/graph', 'src/store', 'src/usecases'],
  'src/scim/edge': ['src/kernel', 'src/graph', 'src/store', 'src/scim', 'src/usecases', 'src/http'],
  'src/catalog/edge': ['src/kernel', 'src/graph', 'src/store', 'src/catalog', 'src/usecases', 'src/http'],
  'src/graphql': ['src/kernel', 'src/graph', 'src/store', 'src/access', 'src/governance', 'src/usecases', 'src/http'],
  resolvers: [
    'src/kernel',
    'src/graph',
    'src/store',
    'src/access',
    'src/catalog',
    'src/governance',
    'src/usecases',
    'src/graphql',
  ],
  'src/compose.ts': ['*'],
  'src/cli': ['src/kernel', 'src/sample', 'src/graph', 'src/store', 'src/catalog', 'src/usecases', 'src/compose.ts'],
  'src/main.ts': ['src/cli', 'src/kernel', 'src/compose.ts'],
};

/** Each of these is imported by files under one place only. */
const PACKAGE_FENCES: Readonly<Record<string, string>> = {
  'neo4j-driver': 'src/store/neo4j/driver.ts',
  'node:sqlite': 'src/store/sqlite/driver.ts',
  '@photostructure/sqlite': 'src/store/sqlite/driver.ts',
  '@apollo/server': 'src/graphql/',
  dataloader: 'src/graphql/loaders.ts',
  commander: 'src/cli/',
  fastify: 'src/',
};

const files = ['src', 'resolvers'].flatMap((folder) => listSources(join(root, folder)));
const sources = new Map(files.map((file) => [relative(root, file), readFileSync(file, 'utf8')]));
const imports = new Map([...sources].map(([file, text]) => [file, importsOf(file, text)]));

describe('the architecture', () => {
  it('knows the room of every file', () => {
    expect([...sources.keys()].filter((file) => roomOf(file) === undefined)).toEqual([]);
  });

  it('lets imports go one way only', () => {
    const wrong = [...imports].flatMap(([file, found]) =>
      found.files.filter((target) => !mayImport(file, target)).map((target) => `${file} imports ${target}`),
    );
    expect(wrong).toEqual([]);
  });

  it('has no cycle of files', () => {
    expect(findCycle()).toEqual([]);
  });

  it('keeps each fenced package in its place', () => {
    const wrong = [...imports].flatMap(([file, found]) =>
      found.packages
        .filter((name) => PACKAGE_FENCES[name] !== undefined && !file.startsWith(PACKAGE_FENCES[name] as string))
        .map((name) => `${file} imports ${name}`),
    );
    expect(wrong).toEqual([]);
  });

  it('reads the environment in one file', () => {
    const readers = [...sources].filter(([, text]) => /process\.env\b/.test(text)).map(([file]) => file);
    expect(readers.filter((file) => file !== 'src/kernel/config.ts')).toEqual([]);
  });

  it('keeps the graph pure: no I/O, no time, no chance, nothing asynchronous, no validation library', () => {
    const impure = [...sources]
      .filter(([file]) => file.startsWith('src/graph/'))
      .flatMap(([file, text]) => {
        const packages = (imports.get(file)?.packages ?? []).filter((name) => name !== 'node:crypto');
        const words =
          code(text).match(/\b(async|await|Date\.now|new Date\(\)|Math\.random|randomUUID|Promise)\b/g) ?? [];
        return [...packages, ...words].map((word) => `${file}: ${word}`);
      });
    expect(impure).toEqual([]);
  });

  it('has no junk drawers, default exports, classes but errors, enums or untyped values', () => {
    const junk = [...sources].flatMap(([file, text]) => {
      const found: string[] = [];
      if (/^(utils?|helpers?|common|types|index)\.ts$/.test(basename(file))) found.push('junk drawer');
      if (file.includes('/generated/')) return found.map((what) => `${file}: ${what}`);
      const body = code(text);
      if (/\bexport default\b/.test(body)) found.push('default export');
      if (/\bclass (?!\w+ extends \w*Error\b)\w+/.test(body)) found.push('class');
      if (/\benum \w+ \{/.test(body)) found.push('enum');
      if (/(: any\b|\bas any\b|<any>|@ts-ignore|@ts-nocheck)/.test(body)) found.push('untyped value');
      return found.map((what) => `${file}: ${what}`);
    });
    expect(junk).toEqual([]);
  });
});

function listSources(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith('.ts'))
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
}

function importsOf(
  file: string,
  text: string,
): { readonly files: readonly string[]; readonly packages: readonly string[] } {
  const names = [...code(text).matchAll(/(?:\bfrom\s+|\bimport\s*\(\s*|\bimport\s+)'([^']+)'/g)].map(
    (match) => match[1] as string,
  );
  const local = names.filter((name) => name.startsWith('.'));
  return {
    files: local.map((name) => relative(root, resolve(root, dirname(file), name)).replace(/\.js$/, '.ts')),
    packages: names
      .filter((name) => !name.startsWith('.'))
      .map((name) =>
        name
          .split('/')
          .slice(0, name.startsWith('@') ? 2 : 1)
          .join('/'),
      ),
  };
}

function code(text: string): string {
  return text.replace(/\/\*[\s\S]*?\*\//g, '').replace(/^\s*\/\/.*$/gm, '');
}

function roomOf(file: string): string | undefined {
  return Object.keys(ROOMS)
    .filter((room) => file === room || file.startsWith(`${room}/`))
    .sort((a, b) => b.length - a.length)[0];
}

function mayImport(file: string, target: string): boolean {
  const from = roomOf(file);
  const to = roomOf(target);
  if (from === undefined || to === undefined) return false;
  return from === to || ROOMS[from]?.includes('*') === true || ROOMS[from]?.includes(to) === true;
}

function findCycle(): readonly string[] {
  const done = new Set<string>();
  const visit = (file: string, trail: readonly string[]): readonly string[] => {
    if (trail.includes(file)) return [...trail.slice(trail.indexOf(file)), file];
    if (done.has(file)) return [];
    for (const target of imports.get(file)?.files ?? []) {
      const cycle = visit(target, [...trail, file]);
      if (cycle.length > 0) return cycle;
    }
    done.add(file);
    return [];
  };
  for (const file of imports.keys()) {
    const cycle = visit(file, []);
    if (cycle.length > 0) return cycle;
  }
  return [];
}
