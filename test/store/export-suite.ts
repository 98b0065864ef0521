import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { exportStore } from '../../src/store/export-store.js';
import { systemScope } from '../../src/store/graph-store.js';
import { restoreStore } from '../../src/store/restore-store.js';
import type { Credential } from '../../src/store/side-store.js';
import { account, id, put, tenant } from '../graph/small-estate.js';
import { fill } from './filled-store.js';
import {
  type OpenStore,
  refusalOf,
  type StoreFixture,
  start,
  wholeLog,
  wholeSnapshot,
  write,
} from './store-fixture.js';

async function exportOf(stores: Pick<StoreFixture, 'graph' | 'side'>, withCredentials = true): Promise<string> {
  const parts: string[] = [];
  const write = async (part: string) => void parts.push(part);
  await exportStore(stores, write, { withCredentials });
  return parts.join('');
}

async function* inPieces(text: string, size = 777): AsyncGenerator<string> {
  for (let at = 0; at < text.length; at += size) yield text.slice(at, at + size);
}

/** What a whole export and its restoring promise, over the two ports alone. */
export function describeExport(open: OpenStore): void {
  describe('an export', () => {
    let [from, to]: StoreFixture[] = [];
    beforeEach(async () => {
      [from, to] = [await open(), await open()];
      await fill(from);
    });
    afterEach(async () => {
      await from?.remove();
      await to?.remove();
    });

    it.each([0, 3])(
      'restores to an equal log, and equal snapshots at the head and earlier, from horizon %i',
      async (horizon) => {
        await from!.graph.prune(horizon);
        const head = await restoreStore(to!, inPieces(await exportOf(from!)));
        const { storeId, ...original } = await from!.graph.head();
        expect(head).toEqual({ ...original, storeId: head.storeId });
        expect(head.storeId).not.toBe(storeId);
        expect(await to!.graph.head()).toEqual(head);
        expect(await to!.graph.horizon()).toEqual(await from!.graph.horizon());
        expect(await wholeLog(to!.graph, horizon)).toEqual(await wholeLog(from!.graph, horizon));
        for (const revision of [6, 5, 4, 3]) {
          const [ours, theirs] = [await wholeSnapshot(to!.graph, revision), await wholeSnapshot(from!.graph, revision)];
          expect(ours).toEqual({ ...theirs, head: { ...theirs.head, storeId: head.storeId } });
        }
      },
    );

    it('of what was restored has the same bytes', async () => {
      const text = await exportOf(from!);
      await restoreStore(to!, inPieces(text, 64));
      expect(await exportOf(to!)).toBe(text);
    });

    it('goes on after it was restored: the next commit follows, claims and ids are known', async () => {
      await restoreStore(to!, inPieces(await exportOf(from!)));
      expect((await write(to!.graph, 'c6', put(tenant('other')))).repeated).toBe(true);
      expect(await refusalOf(write(to!.graph, 'c7', put(account('x', { userName: 'LATER' }))))).toBe('UNIQUENESS');
      expect((await write(to!.graph, 'c8', put(account('bob', { displayName: 'Bob' })))).revision).toBe(7);
    });

    it("is one canonical record a line, with times as text, and sources' own fields as they were sent", async () => {
      const lines = (await exportOf(from!)).split('\n');
      expect(lines.pop()).toBe('');
      expect(lines.map((line) => JSON.parse(line).kind).filter((kind, index, all) => kind !== all[index - 1])).toEqual([
        ...['header', 'commit', 'fact', 'trailer'],
      ]);
      const at = (milliseconds: number) => new Date(start + milliseconds).toISOString();
      expect(JSON.parse(lines[0]!)).toMatchObject({
        horizon: { revision: 0, at: '1970-01-01T00:00:00.000Z' },
        head: 6,
      });
      const fourth = JSON.parse(lines[4]!).commit;
      expect(fourth).toMatchObject({ id: 'c4', at: at(3 * 1_234) });
      expect(JSON.stringify(fourth)).toContain('"attributes":{"expiresAt":17');
      expect(lines.filter((line) => line.includes('"fact"'))).toEqual([
        `{"fact":{"credential":{"createdAt":"${at(0)}","expiresAt":"${at(1)}","hash":"ab12","id":"cred","kind":"scim","lastUsedAt":"${at(9)}","name":"Entra","scopes":["scim"],"subject":"entra"},"kind":"credential"},"kind":"fact"}`,
        `{"fact":{"kind":"usage","usage":{"firstSeen":"${at(0)}","identity":"ann","lastSuccess":"${at(3)}","permission":"deploy"}},"kind":"fact"}`,
        `{"fact":{"at":"${at(7)}","identity":"ann","kind":"authentication"},"kind":"fact"}`,
        `{"fact":{"count":1,"counter":"coerced.E1","day":"2027-01-15T00:00:00.000Z","kind":"health","source":"entra"},"kind":"fact"}`,
        `{"fact":{"count":2,"counter":"errors","day":"2027-01-15T00:00:00.000Z","kind":"health","source":"entra"},"kind":"fact"}`,
        `{"fact":{"at":"${at(1)}","kind":"lastWrite","source":"entra"},"kind":"fact"}`,
        `{"fact":{"finding":{"detail":{"rule":"r"},"fingerprint":"f1","openedAt":"${at(0)}","tenant":"acme"},"kind":"finding"},"kind":"fact"}`,
        `{"fact":{"at":"${at(0)}","kind":"sample","series":"nodes","values":{"at":5,"open":12}},"kind":"fact"}`,
      ]);
    });

    it('holds credentials only when asked for', async () => {
      const without = await exportOf(from!, false);
      expect(without).not.toContain('ab12');
      await restoreStore(to!, inPieces(without));
      expect(await to!.side.listCredentials()).toEqual([]);
    });

    it('that is cut or changed anywhere is refused, and the store stays empty', async () => {
      const text = await exportOf(from!);
      const lines = text.split('\n').slice(0, -1);
      const without = (index: number) => `${lines.toSpliced(index, 1).join('\n')}\n`;
      const broken = [
        '',
        text.slice(0, -1),
        ...[1, 2, 6, 7, 12].map((count) => `${lines.slice(0, count).join('\n')}\n`),
        ...[0, 1, 3, 6, 9, lines.length - 1].map(without),
        text.replace('"displayName":"Ann"', '"displayName":"Eve"'),
        text.replace('identity-graph/1', 'identity-graph/9'),
        text.replace('"kind":"fact"', '"kind":"fiction"'),
        text.replace('"hash":"ab12"', '"hash":"ab13"'),
        text.replace('"effects":[', '"effects":[{"kind":"nodeOpened","version":{"stamps":{},"node":null}},'),
        text.replaceAll('\n', '\r\n'),
        `${text}${lines[7]}\n`,
        `${text.slice(0, 200)}\n`,
      ];
      for (const each of broken) expect(await refusalOf(restoreStore(to!, inPieces(each)))).toBe('INVALID');
      expect(await to!.graph.head()).toMatchObject({ revision: 0, openNodes: 0, openEdges: 0 });
      expect(await to!.graph.count(systemScope, { kind: 'Account' })).toBe(0);
      await restoreStore(to!, inPieces(text));
      expect((await to!.graph.head()).revision).toBe(6);
    });

    it('with a base that was cut is refused', async () => {
      await from!.graph.prune(4);
      const lines = (await exportOf(from!)).split('\n');
      expect(JSON.parse(lines[1]!).kind).toBe('node');
      expect(await refusalOf(restoreStore(to!, inPieces(lines.toSpliced(1, 1).join('\n'))))).toBe('INVALID');
      expect((await to!.graph.head()).revision).toBe(0);
    });

    it('is not restored into a store that holds something', async () => {
      await write(to!.graph, 'c1', put(tenant('acme')));
      expect(await refusalOf(restoreStore(to!, inPieces(await exportOf(from!))))).toBe('INVALID');
      expect((await to!.graph.head()).revision).toBe(1);
    });

    it('is restored where there is only a credential, which stays, unless it brings some itself', async () => {
      const administrator = {
        id: 'admin',
        hash: 'ff',
        kind: 'api',
        name: 'administrator',
        scopes: [],
        createdAt: start,
      };
      await to!.side.putCredential(administrator as Credential);
      await expect(restoreStore(to!, inPieces(await exportOf(from!)))).rejects.toMatchObject({
        code: 'INVALID',
        message: expect.stringContaining('the export brings credentials and the store has some'),
      });
      expect(await to!.graph.head()).toMatchObject({ revision: 0, openNodes: 0 });
      await restoreStore(to!, inPieces(await exportOf(from!, false)));
      expect((await to!.side.listCredentials()).map(({ id }) => id)).toEqual(['admin']);
    });

    it('is not restored beside facts of another store', async () => {
      await to!.side.addHealth(id('entra'), start, { errors: 1 });
      expect(await refusalOf(restoreStore(to!, inPieces(await exportOf(from!))))).toBe('INVALID');
      expect(await to!.graph.head()).toMatchObject({ revision: 0, openNodes: 0 });
    });
  });
}
