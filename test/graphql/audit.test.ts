import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { auditServer } from 'graphql-http';
import { company } from './company.js';
import { type SmallService, startSmallService } from './small-service.js';

let service: SmallService;
beforeAll(async () => {
  service = await startSmallService(company);
});
afterAll(() => service.stop());

/** What the server library does otherwise than the specification recommends (never what it requires), or leaves out. */
const known = ['572B', '5A70', '6A70', '7B9B', 'D6D5', 'FDE2'];

describe('GraphQL over HTTP', () => {
  it('is as the specification requires', async () => {
    const audits = await auditServer({
      url: `${service.url}/graphql`,
      fetchFn: (url: string, options: RequestInit = {}) =>
        fetch(url, { ...options, headers: { authorization: service.admin, ...options.headers } }),
    });
    const found = audits
      .filter(({ status }) => status !== 'ok')
      .map(({ id, status }) => ({ id, status: String(status) }));
    expect(audits.length).toBeGreaterThan(50);
    expect(found.filter(({ status }) => status === 'error')).toEqual([]);
    expect(found.map(({ id }) => id).filter((id) => !known.includes(id))).toEqual([]);
  });
});
