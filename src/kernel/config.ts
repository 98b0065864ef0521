import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { GraphError, type Issue } from './errors.js';

/** One variable of the environment. `fallback` is text, parsed as a given value would be; without one it may be absent. */
interface Variable<Value> {
  readonly parse: z.ZodType<Value>;
  readonly fallback?: string;
  /** May also come from the file that `NAME_FILE` names; never printed. */
  readonly secret?: true;
  readonly about: string;
}

const text = z.string().min(1);
const count = z.coerce.number().int().min(1).max(1_000_000_000);
const yesOrNo = z.enum(['true', 'false']).transform((value) => value === 'true');

const variables = {
  PORT: variable(z.coerce.number().int().min(0).max(65_535), 'port to listen on; 0 takes any free one', '4000'),
  HOST: variable(text, 'address to bind to', '127.0.0.1'),
  DATA_DIR: variable(text, 'folder of the embedded store and of the secret key', 'data'),
  PUBLIC_URL: optional(
    z.url({ protocol: /^https?$/ }).transform((url) => url.replace(/\/+$/, '')),
    'address that callers see, without a trailing slash; absent: the host that each request names',
  ),
  TRUST_PROXY: variable(yesOrNo, 'believe X-Forwarded-* of a proxy before the server', 'false'),
  LOG_LEVEL: variable(
    z.enum(['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent']),
    'least level that is logged',
    'info',
  ),
  LOG_FORMAT: optional(
    z.enum(['json', 'text']),
    'JSON lines, or text for people; absent: text on a terminal, else JSON',
  ),
  ADMIN_TOKEN: secret(
    z.string().regex(/^[\w.~+/=-]{32,512}$/, 'must be 32 to 512 of A-Z a-z 0-9 _ . ~ + / = -'),
    "the first administrator's token, at least 32 characters; absent: a random one",
  ),
  SECRET_KEY: secret(
    z.string().regex(/^[0-9a-f]{64}$/, 'must be 64 hexadecimal digits'),
    'seals revisions and cursors, 64 hexadecimal digits; absent: one kept in DATA_DIR',
  ),
  NEO4J_URI: optional(
    z
      .string()
      .trim()
      .regex(
        /^(neo4j|bolt)(\+s|\+ssc)?:\/\/\S+$/,
        'must be `neo4j://` or `bolt://`, with `+s` for TLS, then host and port',
      ),
    'address of Neo4j, such as `neo4j://localhost:7687`, which then is the store; absent: the embedded store',
  ),
  NEO4J_USERNAME: optional(text, 'user name at Neo4j'),
  NEO4J_PASSWORD: secret(text, 'password at Neo4j'),
  NEO4J_CERTIFICATES: optional(
    text
      .transform((paths) => paths.split(',').map((path) => path.trim()))
      .superRefine((paths, context) => {
        for (const path of paths.filter((each) => !isCertificate(each)))
          context.addIssue({ code: 'custom', message: `no PEM certificate can be read at \`${path}\`` });
      }),
    'paths of PEM certificates, with commas between, that alone are trusted of Neo4j; encrypts the connection',
  ),
  NEO4J_DATABASE: optional(text, "database at Neo4j; absent: the server's own default"),
  ACCESS_ENGINE: variable(
    z.enum(['index', 'neo4j']),
    'who answers about access: `index` holds the whole graph in this process; `neo4j` holds the catalogue and reads the rest of Neo4j for each question',
    'index',
  ),
  REQUEST_DEADLINE_MS: variable(count, 'time a request may take, in milliseconds', '10000'),
  STOP_GRACE_MS: variable(
    count,
    'time that requests which run may take to finish when the service is told to stop, in milliseconds',
    '10000',
  ),
  BODY_LIMIT_BYTES: variable(count, 'size of a request body, in bytes', '4194304'),
  IMPORT_LIMIT_BYTES: variable(count, 'size of a catalogue or snapshot, in bytes', '536870912'),
  GRAPHQL_MAX_TOKENS: variable(count, 'lexical tokens of a GraphQL document', '2000'),
  GRAPHQL_MAX_DEPTH: variable(count, 'depth of a GraphQL document', '15'),
  GRAPHQL_MAX_ALIASES: variable(count, 'aliases of a GraphQL document', '30'),
  GRAPHQL_MAX_ROOT_FIELDS: variable(count, 'root fields of a GraphQL document', '20'),
  MAX_DECISIONS: variable(count, 'questions of one `decideMany`', '100'),
  MAX_PAGE_SIZE: variable(z.coerce.number().int().min(1).max(1000), 'rows of one page', '1000'),
  CURSOR_TTL_SECONDS: variable(count, 'how long a cursor holds, in seconds', '900'),
  SCAN_BUDGET_NODES: variable(count, 'nodes that one filter without an index may read', '20000'),
  SCIM_REQUESTS_PER_SECOND: optional(count, 'SCIM requests of one source a second; absent: as many as come'),
} as const satisfies Record<string, Variable<unknown>>;

type Variables = typeof variables;
export type Config = {
  readonly [Name in keyof Variables]: Variables[Name] extends { readonly fallback: string }
    ? z.output<Variables[Name]['parse']>
    : z.output<Variables[Name]['parse']> | undefined;
};
/** The limits by name, as far as GraphQL and HTTP read them. */
export type Limits = Pick<
  Config,
  | 'REQUEST_DEADLINE_MS'
  | 'BODY_LIMIT_BYTES'
  | 'GRAPHQL_MAX_TOKENS'
  | 'GRAPHQL_MAX_DEPTH'
  | 'GRAPHQL_MAX_ALIASES'
  | 'GRAPHQL_MAX_ROOT_FIELDS'
  | 'MAX_DECISIONS'
  | 'MAX_PAGE_SIZE'
  | 'CURSOR_TTL_SECONDS'
  | 'SCAN_BUDGET_NODES'
>;
export type Environment = Readonly<Record<string, string | undefined>>;

/**
 * The configuration, frozen. Empty text counts as absent; `defaults` stand where the environment says nothing, before
 * the table's own.
 * @throws GraphError INVALID with one issue for each faulty variable, all at once
 */
export function readConfig(environment: Environment = process.env, defaults: Environment = {}): Config {
  const issues: Issue[] = [];
  const values: Record<string, unknown> = {};
  for (const [name, row] of Object.entries<Variable<unknown>>(variables)) {
    const given = row.secret ? readSecret(name, environment, issues) : environment[name] || undefined;
    const raw = given ?? defaults[name] ?? row.fallback;
    if (raw === undefined) continue;
    const parsed = row.parse.safeParse(raw);
    if (parsed.success) values[name] = parsed.data;
    else
      for (const { message } of parsed.error.issues)
        issues.push(
          issueOf(name, row.secret ? message : `is \`${withoutUser(raw)}\`: ${lowerFirst(message)}`, row.about),
        );
  }
  requireNeo4j(values as Config, issues);
  if (issues.length > 0) throw new GraphError('INVALID', summaryOf(issues), { issues });
  return Object.freeze(values as Config);
}

/** The table that `--help` prints: name, default, meaning, a line each. */
export function configTable(): string {
  const rows = Object.entries<Variable<unknown>>(variables);
  const width = Math.max(...rows.map(([name]) => name.length));
  return rows
    .map(([name, row]) => {
      const notes = [row.fallback && `default ${row.fallback}`, row.secret && `or ${name}_FILE`].filter(Boolean);
      return `${name.padEnd(width)}  ${row.about}${notes.length > 0 ? ` (${notes.join(', ')})` : ''}`;
    })
    .join('\n');
}

function readSecret(name: string, environment: Environment, issues: Issue[]): string | undefined {
  const path = environment[`${name}_FILE`];
  const value = environment[name] || undefined;
  if (!path) return value;
  if (value) issues.push(issueOf(name, `is given beside ${name}_FILE`, 'give one of them'));
  try {
    return readFileSync(path, 'utf8').trim();
  } catch {
    issues.push(issueOf(`${name}_FILE`, `cannot be read at \`${path}\``, 'name a file that the service may read'));
    return undefined;
  }
}

function isCertificate(path: string): boolean {
  try {
    return readFileSync(path, 'utf8').includes('-----BEGIN CERTIFICATE-----');
  } catch {
    return false;
  }
}

/** `NEO4J_URI` selects Neo4j as the store; nothing else changes for a client. */
function requireNeo4j(config: Config, issues: Issue[]): void {
  if (issues.some(({ pointer }) => pointer === '/NEO4J_URI')) return;
  if (config.NEO4J_URI === undefined) {
    const require = (by: string) => issues.push(issueOf('NEO4J_URI', `is required ${by}`, variables.NEO4J_URI.about));
    if (config.ACCESS_ENGINE === 'neo4j') require('by ACCESS_ENGINE=neo4j');
    const beside = (['NEO4J_USERNAME', 'NEO4J_PASSWORD', 'NEO4J_CERTIFICATES', 'NEO4J_DATABASE'] as const).find(
      (name) => config[name] !== undefined,
    );
    if (beside !== undefined) require(`beside ${beside}`);
    return;
  }
  for (const name of ['NEO4J_USERNAME', 'NEO4J_PASSWORD'] as const)
    if (config[name] === undefined) issues.push(issueOf(name, 'is required beside NEO4J_URI', variables[name].about));
}

function issueOf(name: string, message: string, hint: string): Issue {
  return { pointer: `/${name}`, code: 'configuration', message: `${name} ${lowerFirst(message)}`, hint };
}

function summaryOf(issues: readonly Issue[]): string {
  const lines = issues.map(({ message, hint }) => `  ${message} (${hint})`);
  return [`the configuration has ${issues.length} ${issues.length === 1 ? 'fault' : 'faults'}:`, ...lines].join('\n');
}

/** A password in an address is nobody's to read. */
const withoutUser = (raw: string) => raw.replace(/\/\/[^/]*@/, '//…@');

function lowerFirst(message: string): string {
  return message.charAt(0).toLowerCase() + message.slice(1);
}

function variable<Value>(parse: z.ZodType<Value>, about: string, fallback: string) {
  return { parse, about, fallback } as const;
}
function optional<Value>(parse: z.ZodType<Value>, about: string) {
  return { parse, about } as const;
}
function secret<Value>(parse: z.ZodType<Value>, about: string) {
  return { parse, about, secret: true } as const;
}

/** What the command line needs to reach a running service. */
export function readClientEnvironment(environment: Environment = process.env): {
  readonly url: string;
  readonly token: string | undefined;
} {
  const { PORT = '4000', IDENTITY_GRAPH_URL: url = `http://127.0.0.1:${PORT}` } = environment;
  return { url, token: environment.IDENTITY_GRAPH_TOKEN || environment.ADMIN_TOKEN || undefined };
}
