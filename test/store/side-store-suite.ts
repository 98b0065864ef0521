import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { Credential, FindingRecord, SideStore } from '../../src/store/side-store.js';
import { id } from '../graph/small-estate.js';
import { type OpenStore, refusalOf, type StoreFixture, start } from './store-fixture.js';

const dayMs = 86_400_000;
const credential = (name: string, fields: Partial<Credential> = {}): Credential => ({
  id: name,
  hash: `hash of ${name}`,
  kind: 'api',
  name,
  scopes: ['graph:read'],
  createdAt: start,
  ...fields,
});
const finding = (fingerprint: string, fields: Partial<FindingRecord> = {}): FindingRecord => ({
  fingerprint,
  openedAt: start,
  detail: { rule: 'stale' },
  ...fields,
});

/** The contract of `SideStore`, line by line; one line an adapter runs it. `open` gives an empty store each time. */
export function describeSideStore(name: string, open: OpenStore): void {
  describe(`SideStore on ${name}`, () => {
    let fixture: StoreFixture;
    let side: SideStore;
    beforeEach(async () => {
      fixture = await open();
      side = fixture.side;
    });
    afterEach(() => fixture.remove());

    it('finds a credential by its hash, also an expired one, and replaces it by its id', async () => {
      const expired = credential('a', { expiresAt: start - 1, tenants: [id('acme')] });
      await side.putCredential(expired);
      expect(await side.findCredential('hash of a')).toEqual(expired);
      await side.putCredential(credential('a', { hash: 'other' }));
      expect(await side.findCredential('hash of a')).toBeUndefined();
      expect(await side.findCredential('other')).toEqual(credential('a', { hash: 'other' }));
    });

    it("refuses a hash that is another credential's, and text that no store can keep", async () => {
      await side.putCredential(credential('a'));
      expect([
        await refusalOf(side.putCredential(credential('b', { hash: 'hash of a' }))),
        await refusalOf(side.putCredential(credential('b', { name: 'b\u0000' }))),
        await refusalOf(side.putCredential(credential('b\u0000'))),
        await refusalOf(side.findCredential('hash of a\u0000x')),
      ]).toEqual(['UNIQUENESS', 'INVALID', 'INVALID', 'INVALID']);
      expect((await side.listCredentials()).map((each) => each.id)).toEqual(['a']);
    });

    it('lists credentials by creation, then id, all or those of a subject, and forgets removed ones', async () => {
      const entra = { kind: 'scim', subject: id('entra') } as const;
      for (const each of [
        credential('c', { createdAt: start + 1 }),
        credential('b', entra),
        credential('a', { ...entra, createdAt: start + 2 }),
        credential('d'),
      ])
        await side.putCredential(each);
      expect((await side.listCredentials()).map((each) => each.id)).toEqual(['b', 'd', 'c', 'a']);
      expect((await side.listCredentials(id('entra'))).map((each) => each.id)).toEqual(['b', 'a']);
      await side.removeCredential('b');
      await side.removeCredential('nobody');
      expect((await side.listCredentials(id('entra'))).map((each) => each.id)).toEqual(['a']);
    });

    it('moves the last use of a credential forward, never back', async () => {
      await side.putCredential(credential('a'));
      for (const at of [start + 5, start + 9, start + 7]) await side.touchCredential('a', at);
      await side.touchCredential('nobody', start);
      expect(await side.findCredential('hash of a')).toEqual(credential('a', { lastUsedAt: start + 9 }));
    });

    it('joins usage by minima and maxima, so that replaying changes nothing', async () => {
      const [ann, deploy] = [id('ann'), id('deploy')];
      const rows = [
        { identity: ann, permission: deploy, firstSeen: start + 4, lastAttempt: start + 4 },
        { identity: ann, permission: deploy, firstSeen: start + 2, lastSuccess: start + 2 },
        { identity: ann, permission: deploy, firstSeen: start + 9, lastSuccess: start + 9, lastAttempt: start + 3 },
        { identity: ann, permission: id('audit'), firstSeen: start },
        { identity: id('bob'), permission: deploy, firstSeen: start },
      ];
      const joined = {
        identity: ann,
        permission: deploy,
        firstSeen: start + 2,
        lastSuccess: start + 9,
        lastAttempt: start + 4,
      };
      for (const again of [rows, rows.toReversed(), rows.slice(1)]) {
        await side.recordUsage(again);
        expect(await side.usageOf([ann, id('nobody')])).toEqual([rows[3], joined]);
      }
      expect(await side.usageOf([id('bob'), ann])).toEqual([rows[4], rows[3], joined]);
    });

    it('keeps the last authentication, one slot an identity', async () => {
      const [ann, bob] = [id('ann'), id('bob')];
      await side.recordAuthentication([
        { identity: ann, at: start + 5 },
        { identity: ann, at: start + 3 },
      ]);
      await side.recordAuthentication([{ identity: ann, at: start + 4 }]);
      expect(await side.lastAuthentication([bob, ann])).toEqual([undefined, start + 5]);
    });

    it('adds up the counters of a source by days, and moves its last write forward', async () => {
      const entra = id('entra');
      await side.addHealth(entra, start, { errors: 1, 'coerced.E1': 2 }, start);
      await side.addHealth(entra, start + dayMs, { errors: 10 }, start + dayMs);
      await side.addHealth(entra, start + dayMs, { errors: 100 }, start + 1);
      await side.addHealth(id('okta'), start, { errors: 1_000 });
      const lastWriteAt = start + dayMs;
      expect(await side.healthOf(entra, start)).toEqual({ lastWriteAt, counts: { errors: 111, 'coerced.E1': 2 } });
      expect(await side.healthOf(entra, start + dayMs)).toEqual({ lastWriteAt, counts: { errors: 110 } });
      expect(await side.healthOf(id('okta'), start)).toEqual({ counts: { errors: 1_000 } });
      expect(await side.healthOf(id('nobody'), start)).toEqual({ counts: {} });
    });

    it('stores findings by fingerprint, all or those of a tenant', async () => {
      await side.putFindings([
        finding('b', { tenant: id('acme') }),
        finding('a'),
        finding('c', { tenant: id('globex') }),
      ]);
      await side.putFindings([finding('b', { tenant: id('acme'), resolvedAt: start + 1 })]);
      await side.removeFindings(['c', 'nobody']);
      const resolved = finding('b', { tenant: id('acme'), resolvedAt: start + 1 });
      expect(await side.findings()).toEqual([finding('a'), resolved]);
      expect(await side.findings(id('acme'))).toEqual([resolved]);
      expect(await side.findings(id('globex'))).toEqual([]);
    });

    it('gives samples of a series in a half-open time, the last put of an instant, until they are dropped', async () => {
      for (const at of [30, 10, 20, 40]) await side.putSample('s', start + at, { at });
      await side.putSample('s', start + 20, { at: 21 });
      await side.putSample('t', start + 20, { other: true });
      expect(await side.samples('s', start + 10, start + 40)).toEqual([
        { at: start + 10, values: { at: 10 } },
        { at: start + 20, values: { at: 21 } },
        { at: start + 30, values: { at: 30 } },
      ]);
      await side.dropSamples(start + 30);
      expect((await side.samples('s', 0, start + dayMs)).map(({ at }) => at - start)).toEqual([30, 40]);
      expect(await side.samples('t', 0, start + dayMs)).toEqual([]);
    });

    it('gives long lists whole', async () => {
      const fingerprints = Array.from({ length: 2_345 }, (_, index) => `f${String(index).padStart(5, '0')}`);
      await side.putFindings(fingerprints.map((fingerprint) => finding(fingerprint)));
      expect((await side.findings()).map(({ fingerprint }) => fingerprint)).toEqual(fingerprints);
      const batches: number[] = [];
      for await (const facts of side.facts({ withCredentials: true })) batches.push(facts.length);
      expect(batches).toEqual([1_000, 1_000, 345]);
    });

    it('does not touch the graph', async () => {
      const before = await fixture.graph.head();
      await side.recordAuthentication([{ identity: id('ann'), at: start }]);
      expect(await fixture.graph.head()).toEqual(before);
    });

    it('refuses everything once the store is closed', async () => {
      await fixture.graph.close();
      expect([
        await refusalOf(side.findings()),
        await refusalOf(side.putFindings([finding('a')])),
        await refusalOf(side.facts({ withCredentials: false })[Symbol.asyncIterator]().next()),
      ]).toEqual(['UNAVAILABLE', 'UNAVAILABLE', 'UNAVAILABLE']);
    });
  });
}
