import { setTimeout } from 'node:timers/promises';
import { isDeepStrictEqual } from 'node:util';
import type { AccessEngine, AsOf, Completeness, InheritancePath, PathsQuestion } from '../access/access-engine.js';
import { type Finding, toFindings } from '../governance/finding.js';
import type { Hit, PrivilegedRow, Rule } from '../governance/rule.js';
import { RULES } from '../governance/rule-catalogue.js';
import type { EdgeId, Revision } from '../graph/ids.js';
import type { JsonObject } from '../graph/node.js';
import type { Clock, Instant } from '../kernel/clock.js';
import { beforeDeadline } from '../kernel/deadline.js';
import type { FindingRecord, SideStore } from '../store/side-store.js';
import { collectFacts, type FactsDependencies } from './estate-facts.js';
import { createTurns } from './turns.js';

export interface ScanDependencies extends FactsDependencies {
  readonly engine: FactsDependencies['engine'] & Pick<AccessEngine, 'inheritancePaths'>;
  readonly side: Pick<SideStore, 'findings' | 'putFindings'>;
  readonly clock: Clock;
}
/** Findings of all tenants, open and resolved, by fingerprint. */
export interface Scan {
  readonly asOf: AsOf;
  readonly completeness: Completeness;
  readonly findings: readonly Finding[];
}
/**
 * The newest scan: made again when the graph has changed since, or an instant has passed at which it could. Where that
 * takes long, the one before is given, whose `asOf` says of when it is; never one from before `atLeast`.
 * Rejects DEADLINE when the signal comes before there is any.
 */
export type ScanEstate = (request?: ScanRequest) => Promise<Scan>;
export interface ScanRequest {
  readonly atLeast?: Revision;
  readonly signal?: AbortSignal;
}

/** How long a newer scan is waited for while there is an older one, in milliseconds. */
const patienceMs = 2_000;

/** Those who ask meanwhile share one scan. A scan that fails is not kept. */
export function createEstateScan(dependencies: ScanDependencies): ScanEstate {
  const { engine, clock } = dependencies;
  let newest: Scan | undefined;
  let running: Promise<Scan> | undefined;

  return async ({ atLeast = 0, signal } = {}) => {
    for (;;) {
      if (newest && isFresh(newest)) return newest;
      const scanning = oneScan();
      const older = newest && newest.asOf.revision >= atLeast ? newest : undefined;
      const made = older ? await soonOr(scanning, older) : await beforeDeadline(scanning, signal, 'DEADLINE');
      if (made.asOf.revision >= atLeast) return made;
    }
  };

  function isFresh({ asOf }: Scan): boolean {
    return asOf.revision === engine.revision() && clock.now() < (asOf.until ?? Number.POSITIVE_INFINITY);
  }

  function oneScan(): Promise<Scan> {
    running ??= scan(dependencies)
      .then((made) => {
        newest = made;
        return made;
      })
      .finally(() => {
        running = undefined;
      });
    return running;
  }
}

async function soonOr(scanning: Promise<Scan>, older: Scan): Promise<Scan> {
  const enough = new AbortController();
  const patience = setTimeout(patienceMs, older, { signal: enough.signal, ref: false });
  // Whichever comes last is waited for by nobody.
  for (const unheard of [scanning, patience]) unheard.catch(() => {});
  return Promise.race([scanning, patience]).finally(() => enough.abort());
}

async function scan(dependencies: ScanDependencies): Promise<Scan> {
  const at = dependencies.clock.now();
  const turn = createTurns(dependencies.clock);
  const { asOf, completeness, identities } = await collectFacts(dependencies, { at, turn });
  const found: Finding[] = [];
  for (const rule of RULES)
    for (const hit of rule.evaluate({ asOf, identities })) {
      await turn();
      found.push(...(await withEvidence(dependencies, rule, hit, asOf)));
    }
  return { asOf, completeness, findings: await reconcile(dependencies.side, found, at) };
}

async function withEvidence(
  { engine }: ScanDependencies,
  rule: Rule,
  hit: Hit,
  { revision, at }: AsOf,
): Promise<readonly Finding[]> {
  const bringing = new Map<PrivilegedRow, EdgeId>();
  for (const row of rule.byBringingEdge ? hit.rows : []) {
    const { permission, scope } = row.row;
    const ends = {
      identity: hit.facts.identity.id,
      permission,
      resource: scope,
      includeOverridden: false,
      revision,
      at,
    };
    const edge = bringingEdgeOf(await findInherited(engine, ends));
    if (edge !== undefined) bringing.set(row, edge);
  }
  return toFindings(rule, hit, (row) => bringing.get(row), at);
}

/** How many paths are looked at for one that is inherited: mostly the shortest is. */
const pathsPerLook = [1, 50];

async function findInherited(
  engine: Pick<AccessEngine, 'inheritancePaths'>,
  ends: Omit<PathsQuestion, 'first'>,
): Promise<InheritancePath | undefined> {
  for (const first of pathsPerLook) {
    const { items, next } = await engine.inheritancePaths({ ...ends, first });
    const inherited = items.find(isInherited);
    if (inherited !== undefined || next === undefined) return inherited;
  }
  return undefined;
}

function isInherited(path: InheritancePath): boolean {
  return path.hops.some(({ kind }) => kind === 'MEMBER_OF' || kind === 'INHERITS');
}

function bringingEdgeOf(path: InheritancePath | undefined): EdgeId | undefined {
  return path?.bringingEdge === undefined ? undefined : path.hops[path.bringingEdge]?.id;
}

/** Keeps since when each is open, marks as resolved what is no longer found, and stores what changed. */
async function reconcile(
  side: Pick<SideStore, 'findings' | 'putFindings'>,
  found: readonly Finding[],
  at: Instant,
): Promise<readonly Finding[]> {
  const stored = new Map((await side.findings()).map((record) => [record.fingerprint, record]));
  const merged = new Map<string, Finding>();
  for (const record of stored.values()) merged.set(record.fingerprint, { resolvedAt: at, ...fromRecord(record) });
  for (const finding of found) {
    const before = stored.get(finding.fingerprint);
    const stillOpen = before !== undefined && before.resolvedAt === undefined;
    merged.set(finding.fingerprint, stillOpen ? { ...finding, openedAt: before.openedAt } : finding);
  }
  const findings = [...merged.values()].sort((a, b) => (a.fingerprint < b.fingerprint ? -1 : 1));
  const changed = findings.map(toRecord).filter((record) => !isDeepStrictEqual(record, stored.get(record.fingerprint)));
  if (changed.length > 0) await side.putFindings(changed);
  return findings;
}

function toRecord({ openedAt, resolvedAt, ...detail }: Finding): FindingRecord {
  return {
    fingerprint: detail.fingerprint,
    tenant: detail.tenant,
    openedAt,
    ...(resolvedAt !== undefined && { resolvedAt }),
    detail: detail as unknown as JsonObject,
  };
}

function fromRecord({ openedAt, resolvedAt, detail }: FindingRecord): Finding {
  const found = detail as unknown as Omit<Finding, 'openedAt' | 'resolvedAt'>;
  return { ...found, openedAt, ...(resolvedAt !== undefined && { resolvedAt }) };
}
