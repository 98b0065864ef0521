import type { GraphEffect, StoredCommit } from '../graph/change.js';
import type { EdgeVersion } from '../graph/edge.js';
import type { Revision } from '../graph/ids.js';
import type { NodeVersion } from '../graph/node.js';
import type { RestoredHorizon } from './graph-store.js';
import type { SideFact } from './side-store.js';

/**
 * One line of an export. A whole export is, in this order: one `header`; the graph at the horizon as `node`s and `edge`s,
 * sorted as a snapshot is; the log after it as `commit`s; side data as `fact`s, sorted as `SideStore.facts` gives them;
 * one `trailer`, without which it was cut.
 */
export type ExportRecord =
  | ExportHeader
  | { readonly kind: 'node'; readonly version: NodeVersion }
  | { readonly kind: 'edge'; readonly version: EdgeVersion }
  | { readonly kind: 'commit'; readonly commit: StoredCommit }
  | { readonly kind: 'fact'; readonly fact: SideFact }
  | ExportTrailer;

export interface ExportHeader {
  readonly kind: 'header';
  readonly format: typeof exportFormat;
  readonly horizon: RestoredHorizon;
  /** The last revision that the export holds, and the hash there. */
  readonly head: Revision;
  readonly hash: string;
}

/** How many records of each kind came before, and the SHA-256, in hexadecimal digits, of their lines with their LF. */
export interface ExportTrailer {
  readonly kind: 'trailer';
  readonly nodes: number;
  readonly edges: number;
  readonly commits: number;
  readonly facts: number;
  readonly sha256: string;
}

export const exportFormat = 'identity-graph/1';

type Fields = { readonly [field: string]: unknown };
/** What becomes of an instant: text on the way out, a number on the way in. */
type Convert = (instant: unknown) => unknown;

/** RFC 3339, UTC, with milliseconds. */
export const toInstantText: Convert = (instant) => new Date(instant as number).toISOString();
export const fromInstantText: Convert = (text) => Date.parse(text as string);

const edgeInstants = ['validFrom', 'validUntil'];
const nodeInstants = ['stateSince', 'expiresAt'];
const stampInstants = ['createdAt', 'modifiedAt'];
const factInstants: Readonly<Record<SideFact['kind'], readonly string[]>> = {
  credential: ['createdAt', 'expiresAt', 'lastUsedAt'],
  usage: ['firstSeen', 'lastSuccess', 'lastAttempt'],
  authentication: ['at'],
  health: ['day'],
  lastWrite: ['at'],
  finding: ['openedAt', 'resolvedAt'],
  sample: ['at'],
};

/**
 * The record with its instants converted, wherever the model has an instant; what sources sent (`attributes`,
 * `settings`, values of samples) stays as it is, whatever its fields are called.
 */
export function convertInstants(record: ExportRecord, convert: Convert): ExportRecord {
  const within = (value: object, names: readonly string[]) => convertFields({ ...value }, names, convert);
  switch (record.kind) {
    case 'header':
      return { ...record, horizon: within(record.horizon, ['at']) as unknown as RestoredHorizon };
    case 'node':
      return { ...record, version: convertNode(record.version, convert) };
    case 'edge':
      return { ...record, version: convertEdge(record.version, convert) };
    case 'commit': {
      const commit = within(record.commit, ['at']) as unknown as StoredCommit;
      return { ...record, commit: { ...commit, effects: commit.effects.map((each) => convertEffect(each, convert)) } };
    }
    case 'fact':
      return { ...record, fact: convertFact(record.fact, convert) };
    case 'trailer':
      return record;
  }
}

function convertFields(value: Fields, names: readonly string[], convert: Convert): Fields {
  const present = names.filter((name) => value[name] !== undefined);
  return { ...value, ...Object.fromEntries(present.map((name) => [name, convert(value[name])])) };
}

function convertNode<Version extends NodeVersion>(version: Version, convert: Convert): Version {
  const node = convertFields({ ...version.node }, nodeInstants, convert);
  const stamps = convertFields({ ...version.stamps }, stampInstants, convert);
  if (version.node.kind !== 'PendingReference') return { ...version, node, stamps };
  const { reference } = version.node;
  const edge = convertFields({ ...reference.edge }, edgeInstants, convert);
  return { ...version, node: { ...node, reference: { ...reference, edge } }, stamps };
}

function convertEdge<Version extends EdgeVersion>(version: Version, convert: Convert): Version {
  return { ...version, edge: convertFields({ ...version.edge }, edgeInstants, convert) };
}

function convertEffect(effect: GraphEffect, convert: Convert): GraphEffect {
  switch (effect.kind) {
    case 'nodeOpened':
      return { ...effect, version: convertNode(effect.version, convert) };
    case 'nodeClosed':
      return { ...effect, version: convertNode(effect.version, convert) };
    case 'edgeOpened':
      return { ...effect, version: convertEdge(effect.version, convert) };
    case 'edgeClosed':
      return { ...effect, version: convertEdge(effect.version, convert) };
  }
}

function convertFact(fact: SideFact, convert: Convert): SideFact {
  const names = factInstants[fact.kind];
  const within = (value: object) => convertFields({ ...value }, names, convert);
  switch (fact.kind) {
    case 'credential':
      return { ...fact, credential: within(fact.credential) } as unknown as SideFact;
    case 'usage':
      return { ...fact, usage: within(fact.usage) } as unknown as SideFact;
    case 'finding':
      return { ...fact, finding: within(fact.finding) } as unknown as SideFact;
    default:
      return within(fact) as unknown as SideFact;
  }
}
