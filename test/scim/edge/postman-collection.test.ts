import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type PostmanItem, runPostman } from './postman-run.js';
import { type ScimService, startScimService } from './scim-service.js';

const file = join(
  process.env.IDENTITY_GRAPH_SHARED ?? '../shared',
  'data/scim/microsoft-scim-reference.postman_collection.json',
);
const present = existsSync(file);
if (!present) console.warn(`no collection at ${file}: Microsoft's assertions are not tried`);
const describeCollection = present ? describe : describe.skip;

describeCollection('the Postman collection of the SCIM reference code of Microsoft', () => {
  let service: ScimService;
  beforeAll(async () => {
    service = await startScimService();
    await service.tenant('acme');
  });
  afterAll(() => service.remove());

  it('[73] finds at a source that answers a PATCH without body all it asks for, but a path that no RFC knows', async () => {
    const settings = { patchResponse: 'none' } as const;
    const { token } = await service.source({ tenant: 'acme', slug: 'none', preset: 'entra', settings });
    const { item } = JSON.parse(readFileSync(file, 'utf8')) as { readonly item: readonly PostmanItem[] };
    const { hostname, port } = new URL(service.url);
    const variables = new Map([
      ...Object.entries({ Protocol: 'http', Server: hostname, Port: `:${port}`, Api: 'scim/v2/acme/none', token }),
    ]);
    const assertions = await runPostman(
      item.filter(({ name }) => name !== 'Get Token'),
      variables,
    );
    expect(assertions.filter(({ fault }) => fault !== undefined).map(({ name }) => name)).toEqual([
      '/Endpoint tests/Get ServiceProviderConfig: Status code is 200',
      '/Endpoint tests/Get ServiceProviderConfig: Pach supported is true',
    ]);
    expect(assertions).toHaveLength(107);
  });
});
