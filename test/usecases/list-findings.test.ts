import { expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { Finding } from '../../src/governance/finding.js';
import { SEVERITIES } from '../../src/governance/severity.js';
import { asEdgeId } from '../../src/graph/ids.js';
import { countByBringingEdge } from '../../src/usecases/list-findings.js';

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
