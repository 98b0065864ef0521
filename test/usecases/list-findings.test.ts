import { expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { Finding } from '../../src/governance/finding.js';
import { SEVERITIES } from '../../src/governance/severity.js';
import { asEdgeId } from '../../src/graph/ids.js';
import { createManualClock } from '../../src/kernel/clock.js';
import { readConfig } from '../../src/kernel/config.js';
import type { GraphStore } from '../../src/store/graph-store.js';
import type { Asking } from '../../src/usecases/answer-access.js';
import { countByBringingEdge, listFindings } from '../../src/usecases/list-findings.js';
import { createOpaqueText } from '../../src/usecases/opaque-text.js';
import { createPageCursors } from '../../src/usecases/page-cursor.js';

const someFindings = fc.array(
  fc.record({
    bringingEdge: fc.option(fc.constantFrom(...'abcdef').map(asEdgeId), { nil: undefined }),
    identity: fc.constantFrom('svc:1', 'svc:2', 'svc:3'),
    severity: fc.constantFrom(...SEVERITIES),
  }),
  { maxLength: 30 },
) as unknown as fc.Arbitrary<readonly Finding[]>;

it('the edges that bring most are told with what they bring, however many there are', () => {
  fc.assert(
    fc.property(someFindings, fc.integer({ min: 0, max: 8 }), (findings, first) => {
      const edges = [...new Set(findings.flatMap(({ bringingEdge }) => bringingEdge ?? []))];
      const all = edges.map((edge) => {
        const brought = findings.filter(({ bringingEdge }) => bringingEdge === edge);
        const severities = brought.map(({ severity }) => SEVERITIES.indexOf(severity));
        return {
          edge,
          findings: brought.length,
          identities: new Set(brought.map(({ identity }) => identity)).size,
          worst: SEVERITIES[Math.min(...severities)],
        };
      });
      const inOrder = all.sort((a, b) => b.findings - a.findings || (a.edge < b.edge ? -1 : 1));
      expect(countByBringingEdge(findings, first)).toEqual(inOrder.slice(0, first));
    }),
  );
});

const scored = fc.uniqueArray(
  fc.record({
    fingerprint: fc.nat(99).map((number) => `f${number}`),
    score: fc.constantFrom(0, 21, 50, 100),
    openedAt: fc.constantFrom(0, 5, 1_800_000_000_000),
  }),
  { maxLength: 40, selector: ({ fingerprint }) => fingerprint },
) as unknown as fc.Arbitrary<readonly Finding[]>;

it('pages of any size add up to all findings in order, the gravest or the oldest first', async () => {
  const clock = createManualClock(1_000);
  const opaque = createOpaqueText(Buffer.alloc(32, 7));
  const cursors = createPageCursors({ opaque, clock, limits: readConfig({}) });
  const asking = { caller: { tenants: 'all' }, signal: new AbortController().signal } as unknown as Asking;
  const order = fc.constantFrom('SEVERITY' as const, 'OPENED_AT' as const);
  await fc.assert(
    fc.asyncProperty(scored, order, fc.integer({ min: 1, max: 45 }), async (findings, orderBy, first) => {
      const scan = {
        asOf: { revision: 1, at: 1_000 },
        completeness: { complete: true, reasons: [] },
        findings: new Map(findings.map((finding) => [finding.fingerprint, finding])),
      };
      const scanEstate = Object.assign(async () => scan, { newest: () => scan });
      const listed: Finding[] = [];
      for (let after: string | undefined, pages = 0; pages === 0 || (after !== undefined && pages < 100); pages++) {
        const page = { first, ...(after !== undefined && { after }) };
        const asked = { filter: {}, orderBy, page };
        const answer = await listFindings({ store: {} as GraphStore, scanEstate, cursors }, asking, asked);
        expect([answer.all.length, answer.hasPreviousPage]).toEqual([findings.length, pages > 0]);
        listed.push(...answer.items);
        after = answer.endCursor;
      }
      const key = ({ score, openedAt }: Finding) => (orderBy === 'SEVERITY' ? 100 - score : openedAt);
      const inOrder = [...findings].sort((a, b) => key(a) - key(b) || (a.fingerprint < b.fingerprint ? -1 : 1));
      expect(listed).toEqual(inOrder);
    }),
  );
});
