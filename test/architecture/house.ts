import { basename, dirname, join } from 'node:path/posix';

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
};

/** What no file of `src/graph` says: I/O, time, chance, waiting. `node:crypto` is there for its hashes. */
const IMPURE =
  /\b(async|await|Promise|performance|setTimeout|setInterval|setImmediate|fetch|process)\b|\bDate\.now\b|\bnew Date\(\)|\bMath\.random\b|\brandom(UUID|Bytes|Int)\b/g;

/** Files by path from the root, `/` between folders. */
export type Sources = ReadonlyMap<string, string>;

interface Imports {
  readonly files: readonly string[];
  readonly packages: readonly string[];
}

/** What breaks the rules of the house, one line each; empty: nothing. */
export const faults = {
  ofRooms: (sources: Sources) => [...sources.keys()].filter((file) => roomOf(file) === undefined),

  ofDirection: (sources: Sources) =>
    [...sources].flatMap(([file, text]) =>
      importsOf(file, text)
        .files.filter((target) => !mayImport(file, target))
        .map((target) => `${file} imports ${target}`),
    ),

  ofCycles: (sources: Sources) => findCycle(new Map([...sources].map(([file, text]) => [file, importsOf(file, text)]))),

  ofFences: (sources: Sources) =>
    [...sources].flatMap(([file, text]) => [
      ...importsOf(file, text)
        .packages.filter((name) => PACKAGE_FENCES[name] !== undefined && !file.startsWith(PACKAGE_FENCES[name]))
        .map((name) => `${file} imports ${name}`),
      ...(/\bprocess\.env\b/.test(code(text)) && file !== 'src/kernel/config.ts'
        ? [`${file} reads the environment`]
        : []),
    ]),

  ofPurity: (sources: Sources) =>
    [...sources]
      .filter(([file]) => file.startsWith('src/graph/'))
      .flatMap(([file, text]) => {
        const packages = importsOf(file, text).packages.filter((name) => name !== 'node:crypto');
        return [...packages, ...(code(text).match(IMPURE) ?? [])].map((word) => `${file}: ${word}`);
      }),

  ofStyle: (sources: Sources) => [...sources].flatMap(([file, text]) => styleFaults(file, code(text))),
};

function styleFaults(file: string, body: string): readonly string[] {
  const isJunk = /^(utils?|helpers?|common|types|index)\.ts$/.test(basename(file));
  if (isJunk) return [`${file}: junk drawer`];
  if (file.includes('/generated/')) return [];
  return FORBIDDEN.filter(([, pattern]) => pattern.test(body)).map(([name]) => `${file}: ${name}`);
}

const FORBIDDEN: readonly (readonly [name: string, pattern: RegExp])[] = [
  ['default export', /\bexport default\b/],
  ['class', /\bclass (?!\w+ extends \w*Error\b)\w+/],
  ['enum', /\benum \w+ \{/],
  ['untyped value', /(: any\b|\bas any\b|<any>|@ts-ignore|@ts-nocheck)/],
];

function importsOf(file: string, text: string): Imports {
  const names = [
    ...code(text).matchAll(/(?:\bfrom\s+|\bimport\s*\(\s*|\bimport\s+|\bgetBuiltinModule\(\s*)'([^']+)'/g),
  ].map((match) => match[1] as string);
  const local = names.filter((name) => name.startsWith('.'));
  return {
    files: local.map((name) => join(dirname(file), name).replace(/\.js$/, '.ts')),
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

function findCycle(imports: ReadonlyMap<string, Imports>): readonly string[] {
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
