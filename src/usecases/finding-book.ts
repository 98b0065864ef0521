import { isDeepStrictEqual } from 'node:util';
import type { Finding } from '../governance/finding.js';
import type { NodeId } from '../graph/ids.js';
import type { JsonObject } from '../graph/node.js';
import type { Instant } from '../kernel/clock.js';
import { groupedBy } from '../kernel/grouped-by.js';
import type { FindingRecord, SideStore } from '../store/side-store.js';

/** The findings that are stored, kept in step with what is found. */
export interface FindingBook {
  /** Identities with an open finding. */
  identities(): Iterable<NodeId>;
  /** From now on these are the identity's open findings: keeps since when each is open, and marks as resolved what is no longer found. */
  enter(identity: NodeId, found: readonly Finding[], at: Instant): void;
  /** Stores what has changed, and gives all by fingerprint. What could not be stored is stored the next time. */
  save(): Promise<ReadonlyMap<string, Finding>>;
}

/** So many findings are stored at once. */
const batchSize = 1_000;

/** As of whatever scan stored them last. */
export async function readFindings(side: Pick<SideStore, 'findings'>): Promise<readonly Finding[]> {
  return (await side.findings()).map(fromRecord);
}

export async function openFindingBook(side: Pick<SideStore, 'findings' | 'putFindings'>): Promise<FindingBook> {
  const findings = new Map((await readFindings(side)).map((finding) => [finding.fingerprint, finding]));
  const changed = new Map<string, Finding>();
  let saved: ReadonlyMap<string, Finding> = new Map(findings);
  const isOpen = ({ resolvedAt }: Finding) => resolvedAt === undefined;
  const open = groupedBy([...findings.values()].filter(isOpen), ({ identity }) => identity);

  return {
    identities: () => open.keys(),
    enter(identity, found, at) {
      const left = new Map((open.get(identity) ?? []).map((finding) => [finding.fingerprint, finding]));
      const kept: Finding[] = [];
      for (const finding of found) {
        const before = left.get(finding.fingerprint);
        left.delete(finding.fingerprint);
        const now = before === undefined ? finding : { ...finding, openedAt: before.openedAt };
        if (before === undefined || !isDeepStrictEqual(now, before)) write(now);
        kept.push(now);
      }
      for (const finding of left.values()) write({ ...finding, resolvedAt: at });
      if (kept.length > 0) open.set(identity, kept);
      else open.delete(identity);
    },
    async save() {
      if (changed.size === 0) return saved;
      const rows = [...changed.values()];
      for (let from = 0; from < rows.length; from += batchSize) {
        const batch = rows.slice(from, from + batchSize);
        await side.putFindings(batch.map(toRecord));
        for (const { fingerprint } of batch) changed.delete(fingerprint);
      }
      saved = new Map(findings);
      return saved;
    },
  };

  function write(finding: Finding): void {
    findings.set(finding.fingerprint, finding);
    changed.set(finding.fingerprint, finding);
  }
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
