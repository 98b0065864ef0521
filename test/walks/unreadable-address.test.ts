import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { startWholeService, type WholeService } from './whole-service.js';

let service: WholeService;
beforeAll(async () => {
  service = await startWholeService();
});
afterAll(() => service.stop());

const message = 'the address cannot be read; percent-encode it, and keep ids short';

it('an address that cannot be read is refused in the words of its protocol', async () => {
  for (const path of ['/scim/v2/acme/idp/Users/%zz', '/SCIM/v2/acme/idp/Users/%zz']) {
    const scim = await service.send('GET', path, '');
    expect([path, scim.status, scim.headers.get('content-type'), scim.body]).toEqual([
      path,
      400,
      'application/scim+json; charset=utf-8',
      {
        schemas: ['urn:ietf:params:scim:api:messages:2.0:Error'],
        status: '400',
        scimType: 'invalidValue',
        detail: message,
      },
    ]);
  }
  const plain = await service.send('GET', '/snapshot/v1/acme/%zz', '');
  expect([plain.status, plain.body]).toEqual([400, { code: 'INVALID', message, requestId: expect.any(String) }]);
});
