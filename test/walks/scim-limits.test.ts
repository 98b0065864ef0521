import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { makeAcme, startWholeService, type WholeService } from './whole-service.js';

let service: WholeService;
let ask: (path: string) => ReturnType<WholeService['send']>;
beforeAll(async () => {
  service = await startWholeService({
    SCIM_REQUESTS_PER_SECOND: '2',
    MAX_PAGE_SIZE: '50',
    CURSOR_TTL_SECONDS: '60',
    SCAN_BUDGET_NODES: '10',
  });
  const { idp } = await makeAcme(service);
  ask = (path) => service.send('GET', `${idp.scimBaseUrl}${path}`, '', idp.token);
});
afterAll(() => service.stop());

describe('a service with limits of its own', () => {
  it('[52][53] tells them to SCIM clients, and holds a source to its rate', async () => {
    const { body } = await ask('/ServiceProviderConfig');
    expect([body.filter, body.pagination]).toEqual([
      { supported: true, maxResults: 50 },
      {
        cursor: true,
        index: true,
        defaultPaginationMethod: 'index',
        defaultPageSize: 50,
        maxPageSize: 50,
        cursorTimeout: 60,
      },
    ]);
    const answers = await Promise.all(Array.from({ length: 20 }, () => ask('/Users')));
    const refused = answers.filter(({ status }) => status === 429);
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200, 429]));
    expect(refused.map(({ headers }) => headers.get('retry-after'))).toEqual(refused.map(() => '1'));
  });
});
