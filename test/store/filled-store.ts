import { account, close, id, member, memberOf, put, resource, tenant } from '../graph/small-estate.js';
import { type StoreFixture, start, twoTenants, write } from './store-fixture.js';

const credential = {
  id: 'cred',
  hash: 'ab12',
  kind: 'scim',
  name: 'Entra',
  subject: id('entra'),
  scopes: ['scim'],
  createdAt: start,
  expiresAt: start + 1,
} as const;

/** Commits with every kind of thing that an export has to carry, then facts beside them. */
export async function fill({ graph, side, clock }: Omit<StoreFixture, 'remove'>): Promise<void> {
  await write(graph, 'c1', ...twoTenants);
  const validity = { validFrom: start, validUntil: start + 86_400_000 };
  for (const [name, changes] of Object.entries({
    c2: [
      memberOf('ann', 'eng', validity),
      put(account('bob', { expiresAt: start + 5, displayName: 'Bób "B" \u2028' })),
    ],
    c3: [close('build'), { kind: 'putReference', reference: member('eng', 'later', validity) }],
    c4: [put(account('ann', { attributes: { expiresAt: 17, list: [null, 1.5e300, { b: 1, a: '\\' }] } }))],
    c5: [put(account('later')), put(resource('crm', '/test'))],
    c6: [close('zoe'), put(tenant('initech'))],
  } as const)) {
    clock.advance(1_234);
    await write(graph, name, ...changes);
  }
  await side.putCredential(credential);
  await side.touchCredential('cred', start + 9);
  await side.recordUsage([{ identity: id('ann'), permission: id('deploy'), firstSeen: start, lastSuccess: start + 3 }]);
  await side.recordAuthentication([{ identity: id('ann'), at: start + 7 }]);
  await side.addHealth(id('entra'), start, { errors: 2, 'coerced.E1': 1 }, start + 1);
  await side.putFindings([{ fingerprint: 'f1', tenant: id('acme'), openedAt: start, detail: { rule: 'r' } }]);
  await side.putSample('nodes', start, { at: 5, open: 12 });
}
