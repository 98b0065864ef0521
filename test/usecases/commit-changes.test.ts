import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createIndexEngine, type IndexEngine } from '../../src/access/index/index-engine.js';
import { asCommitId, asNodeId } from '../../src/graph/ids.js';
import type { TenantNode } from '../../src/graph/node.js';
import { type CommitPlan, commitChanges, maxRecomputations } from '../../src/usecases/commit-changes.js';
import { openTemporarySqlite } from '../store/sqlite-fixture.js';
import type { StoreFixture } from '../store/store-fixture.js';

const id = asNodeId('tenant:acme');
const named = (name: string) => ({ kind: 'putNode', node: { kind: 'Tenant', id, slug: 'acme', name } }) as const;

let store: StoreFixture;
let engine: IndexEngine;
beforeAll(async () => {
  store = await openTemporarySqlite();
  engine = createIndexEngine({ log: store.graph, clock: store.clock });
  await commitChanges(dependencies(), { meta: { actor: 'test' }, plan: { changes: [named('first')] } });
});
afterAll(async () => {
  await engine.close();
  await store.remove();
});

const dependencies = () => ({ store: store.graph, engine });
const readTenant = async () => (await store.graph.nodesByIds({ kind: 'system' }, [id]))[0]!;
let rivals = 0;
/** Another writer, between what a plan read and what it asks for. */
const writeRival = () =>
  store.graph.commit({
    id: asCommitId(`rival-${++rivals}`),
    meta: { actor: 'rival' },
    changes: [named(`rival ${rivals}`)],
  });

/** Adds a letter to the name, and expects that nobody else changed it. */
async function planOnce(interfere: () => Promise<unknown>): Promise<CommitPlan> {
  const { node, stamps } = await readTenant();
  await interfere();
  const changes = [named(`${(node as TenantNode).name}!`)];
  return { changes, expectations: [{ kind: 'version', node: id, version: stamps.version }] };
}

describe('a write', () => {
  it('is answered from as soon as it resolves', async () => {
    const plan = { changes: [named('seen')] };
    const { revision } = await commitChanges(dependencies(), { meta: { actor: 'test' }, plan });
    expect(engine.revision()).toBe(revision);
  });

  it('is computed again where another came between, from what is there then', async () => {
    let tries = 0;
    const plan = () => planOnce(async () => (++tries <= 2 ? writeRival() : undefined));
    await commitChanges(dependencies(), { meta: { actor: 'test' }, plan });
    expect([tries, ((await readTenant()).node as TenantNode).name]).toEqual([3, `rival ${rivals}!`]);
  });

  it('gives up after five more times', async () => {
    let tries = 0;
    const plan = () =>
      planOnce(() => {
        tries++;
        return writeRival();
      });
    const write = commitChanges(dependencies(), { meta: { actor: 'test' }, plan });
    await expect(write).rejects.toMatchObject({ code: 'VERSION_MISMATCH' });
    expect([tries, maxRecomputations]).toEqual([6, 5]);
  });

  it('whose plan is fixed is not tried again', async () => {
    const plan = await planOnce(writeRival);
    const write = commitChanges(dependencies(), { meta: { actor: 'test' }, plan });
    await expect(write).rejects.toMatchObject({ code: 'VERSION_MISMATCH' });
  });
});
