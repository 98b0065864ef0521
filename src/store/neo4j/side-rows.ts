import { asNodeId } from '../../graph/ids.js';
import type { Instant } from '../../kernel/clock.js';
import type { Credential, FindingRecord, SideFact, Usage } from '../side-store.js';
import type { Connection, Parameters } from './driver.js';
import { instantKey } from './model.js';
import type { SideLabel } from './side-statements.js';

/** How many nodes one statement reads at most. */
const pageRows = 1_000;

/** The parts of a key come one after the other; no text holds a lower sign than the one between them. */
const between = '\u0001';
export const keyOf = (...parts: readonly string[]): string => parts.join(between);
/** What the keys that begin with these parts begin with, and what comes after all of them. */
export const keysUnder = (...parts: readonly string[]) => {
  const text = parts.join(between);
  return { first: `${text}${between}`, before: `${text}\u0002` };
};
export const credentialKey = ({ createdAt, id }: Credential): string => keyOf(instantKey(createdAt), id);
export const healthKey = (source: string, day: Instant, counter: string): string =>
  keyOf(source, instantKey(day), counter);
export const sampleKey = (series: string, at: Instant): string => keyOf(series, instantKey(at));

type Properties = Readonly<Record<string, string | number>>;

/** Nodes by key, page by page; the statement takes `after` and `limit` beside the given parameters. */
export async function* pagesOf(
  connection: Connection,
  statement: string,
  parameters: Parameters = {},
): AsyncGenerator<readonly Properties[]> {
  let after = (parameters.after as string | undefined) ?? '';
  for (;;) {
    const rows = await connection.read(statement, { ...parameters, after, limit: pageRows });
    const nodes = rows.map(({ node }) => node as Properties);
    if (nodes.length > 0) yield nodes;
    if (nodes.length < pageRows) return;
    after = nodes.at(-1)!.key as string;
  }
}

export async function allOf(pages: AsyncIterable<readonly Properties[]>): Promise<readonly Properties[]> {
  const found: Properties[] = [];
  for await (const nodes of pages) found.push(...nodes);
  return found;
}

export function toCredential({ doc, lastUsedAt }: Properties): Credential {
  const credential: Credential = JSON.parse(doc as string);
  return lastUsedAt === undefined ? credential : { ...credential, lastUsedAt: lastUsedAt as number };
}

/** A property that was never set is not there. */
export function toUsage({ key: _key, ...usage }: Properties): Usage {
  return usage as unknown as Usage;
}

export const toFinding = ({ doc }: Properties): FindingRecord => JSON.parse(doc as string);

/** In the order of `SideFact`. */
export const FACTS: Readonly<
  Record<SideFact['kind'], { readonly label: SideLabel; readonly toFact: (node: Properties) => SideFact }>
> = {
  credential: { label: 'Credential', toFact: (node) => ({ kind: 'credential', credential: toCredential(node) }) },
  usage: { label: 'Usage', toFact: (node) => ({ kind: 'usage', usage: toUsage(node) }) },
  authentication: {
    label: 'Authentication',
    toFact: ({ key, at }) => ({ kind: 'authentication', identity: asNodeId(key as string), at: at as number }),
  },
  health: {
    label: 'HealthCount',
    toFact: ({ source, day, counter, count }) => ({
      kind: 'health',
      source: asNodeId(source as string),
      day: day as number,
      counter: counter as string,
      count: count as number,
    }),
  },
  lastWrite: {
    label: 'LastWrite',
    toFact: ({ key, at }) => ({ kind: 'lastWrite', source: asNodeId(key as string), at: at as number }),
  },
  finding: { label: 'Finding', toFact: (node) => ({ kind: 'finding', finding: toFinding(node) }) },
  sample: {
    label: 'Sample',
    toFact: ({ series, at, doc }) => ({
      kind: 'sample',
      series: series as string,
      at: at as number,
      values: JSON.parse(doc as string),
    }),
  },
};
