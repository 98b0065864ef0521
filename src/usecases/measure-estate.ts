import { asNodeId, type NodeId } from '../graph/ids.js';
import { IDENTITY_STATES, IDENTITY_TYPES, type NodeOf } from '../graph/node.js';
import type { GraphStore } from '../store/graph-store.js';
import type { SideStore } from '../store/side-store.js';
import { type Caller, maySee, readScopeOf } from './caller.js';
import { readFindings } from './finding-book.js';
import { stateOf } from './list-findings.js';
import type { Services } from './services.js';
import { reportSourceHealth } from './source-health.js';
import { allNodes } from './store-pages.js';

/** One measure of the estate, with a value for each set of labels. */
export interface Gauge {
  readonly name: string;
  readonly help: string;
  readonly rows: readonly { readonly labels: Readonly<Record<string, string>>; readonly value: number }[];
}
export type MeasureDependencies = Pick<Services, 'clock' | 'scanEstate' | 'countIdentities'> & {
  readonly store: Pick<GraphStore, 'list' | 'count'>;
  readonly side: Pick<SideStore, 'healthOf' | 'listCredentials' | 'findings'>;
};

/** What the caller's tenants hold: identities, findings as of their newest scan, sources and tokens. Times are Unix seconds. */
export async function measureEstate(
  dependencies: MeasureDependencies,
  caller: Pick<Caller, 'tenants'>,
): Promise<readonly Gauge[]> {
  const scope = readScopeOf(caller as Caller);
  const slugs = new Map<NodeId, string>();
  for await (const { node } of allNodes(dependencies.store, scope, { kind: 'Tenant' })) slugs.set(node.id, node.slug);
  const sources: NodeOf<'Source'>[] = [];
  for await (const { node } of allNodes(dependencies.store, scope, { kind: 'Source' })) sources.push(node);
  return [
    await tellIdentities(dependencies, slugs),
    await tellFindings(dependencies, slugs),
    ...(await measureSources(dependencies, slugs, sources)),
    ...(await measureTokens(dependencies, caller as Caller)),
  ];
}

async function tellIdentities(
  { countIdentities }: MeasureDependencies,
  slugs: ReadonlyMap<NodeId, string>,
): Promise<Gauge> {
  const counts = await countIdentities();
  const rows = [];
  for (const [id, tenant] of slugs)
    for (const type of IDENTITY_TYPES)
      for (const state of IDENTITY_STATES) {
        const value = counts.of(id, type, state);
        if (value > 0) rows.push({ labels: { tenant, type, state }, value });
      }
  return { name: 'identity_graph_identities', help: 'Identities that take part in answers.', rows };
}

async function tellFindings(
  { side, scanEstate }: MeasureDependencies,
  slugs: ReadonlyMap<NodeId, string>,
): Promise<Gauge> {
  const counts = new Map<string, { labels: Record<string, string>; value: number }>();
  for (const finding of scanEstate.newest()?.findings.values() ?? (await readFindings(side))) {
    const tenant = slugs.get(finding.tenant);
    if (tenant === undefined) continue;
    const { rule, severity } = finding;
    const labels = { tenant, rule, severity, state: stateOf(finding) };
    const key = Object.values(labels).join(' ');
    const row = counts.get(key) ?? { labels, value: 0 };
    row.value++;
    counts.set(key, row);
  }
  return { name: 'identity_graph_findings', help: 'Findings as of their newest scan.', rows: [...counts.values()] };
}

async function measureSources(
  dependencies: MeasureDependencies,
  slugs: ReadonlyMap<NodeId, string>,
  sources: readonly NodeOf<'Source'>[],
): Promise<readonly Gauge[]> {
  const health = await Promise.all(
    sources.map(async ({ id, slug, tenant }) => ({
      labels: { source: `${slugs.get(tenant) ?? ''}.${slug}` },
      ...(await reportSourceHealth(dependencies, asNodeId(id))),
    })),
  );
  const of = (name: string, help: string, value: (one: (typeof health)[number]) => number | undefined): Gauge => ({
    name: `identity_graph_source_${name}`,
    help,
    rows: health.flatMap((one) => {
      const measured = value(one);
      return measured === undefined ? [] : [{ labels: one.labels, value: measured }];
    }),
  });
  return [
    of('last_write_seconds', 'When the source last wrote; absent: never.', ({ lastWriteAt }) => toSeconds(lastWriteAt)),
    of('accounts', 'Accounts that the source holds.', ({ accounts }) => accounts),
    of('dangling', 'References to what has not arrived.', ({ dangling }) => dangling),
    of(
      'recent_errors',
      'Requests that failed since the beginning of the UTC day before this one.',
      ({ errors }) => errors,
    ),
  ];
}

async function measureTokens({ side }: MeasureDependencies, caller: Caller): Promise<readonly Gauge[]> {
  const tokens = (await side.listCredentials()).filter(({ tenants }) =>
    tenants === undefined ? caller.tenants === 'all' : tenants.some((tenant) => maySee(caller, tenant)),
  );
  const of = (name: string, help: string, value: (one: (typeof tokens)[number]) => number | undefined): Gauge => ({
    name: `identity_graph_token_${name}`,
    help,
    rows: tokens.flatMap((one) => {
      const measured = toSeconds(value(one));
      return measured === undefined
        ? []
        : [{ labels: { id: one.id, name: one.name, kind: one.kind }, value: measured }];
    }),
  });
  return [
    of('created_seconds', 'When the token was made.', ({ createdAt }) => createdAt),
    of('last_used_seconds', 'When the token was last used; absent: never.', ({ lastUsedAt }) => lastUsedAt),
    of('expires_seconds', 'When the token ends; absent: never.', ({ expiresAt }) => expiresAt),
  ];
}

const toSeconds = (instant: number | undefined) => (instant === undefined ? undefined : Math.floor(instant / 1000));
