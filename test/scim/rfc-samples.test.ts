import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { parseBulkRequest } from '../../src/scim/bulk-request.js';
import { applyPatch } from '../../src/scim/patch.js';
import { parsePatchRequest } from '../../src/scim/patch-request.js';
import { parseResource } from '../../src/scim/resource-document.js';
import { parseSearchRequest } from '../../src/scim/search-request.js';
import { toAttributes } from './patching.js';
import { CORE_USER, ENTERPRISE, faultOf, groupReader, userReader } from './readers.js';

const samples = join(process.env.IDENTITY_GRAPH_SHARED ?? '../shared', 'data/scim/rfc');
const present = existsSync(samples);
if (!present) console.warn(`no RFC samples under ${samples}: their bodies are not read`);
const read = (name: string) => JSON.parse(readFileSync(join(samples, `${name}.json`), 'utf8'));
const named = (part: string) =>
  present
    ? readdirSync(samples)
        .filter((file) => file.includes(part))
        .map((file) => file.replace('.json', ''))
    : [];

const describeSamples = present ? describe : describe.skip;

describeSamples('the samples of RFC 7643 and 7644', () => {
  it.each(
    present
      ? [
          'rfc7643-8.1-user-minimal',
          'rfc7643-8.2-user-full',
          'rfc7643-8.3-enterprise_user',
          'rfc7644-3.3-user-post_request',
          'rfc7644-3.5.1-user-put_request',
        ]
      : ['none'],
  )('[7, 10] %s is read in rfc with every assigned value as sent', (name) => {
    const body = read(name);
    const { id: _id, meta: _meta, groups: _groups, password: _password, schemas: _schemas, ...sent } = body;
    if (sent.roles?.length === 0) delete sent.roles;
    const manager = sent[ENTERPRISE]?.manager;
    if (manager) sent[ENTERPRISE].manager = { value: manager.value };
    expect(parseResource(body, userReader('rfc')).attributes).toEqual(sent);
  });

  it('[7] rfc7643-8.4-group is read with its members apart', () => {
    const body = read('rfc7643-8.4-group');
    const members = body.members.map(({ value, display, type }: Record<string, string>) => ({
      value,
      ...(type && { type }),
      ...(display && { display }),
    }));
    expect(parseResource(body, groupReader('rfc'))).toEqual({ attributes: { displayName: body.displayName }, members });
  });

  it.each(
    present ? named('patch_op').filter((name) => name.includes('members') || name.includes('one_member')) : ['none'],
  )('[33] %s becomes a delta in rfc', (name) => {
    const reader = groupReader('rfc');
    const outcome = applyPatch({
      id: 'g',
      attributes: toAttributes({ displayName: 'G' }),
      operations: parsePatchRequest(read(name), reader),
      reader,
    });
    expect([outcome.changed, ['keyed', 'whole'].includes(outcome.members.kind)]).toEqual([false, true]);
  });

  it('[RFC 7644 §3.5.2] the operations on attributes do what the text says', () => {
    const full = parseResource(read('rfc7643-8.2-user-full'), userReader('rfc')).attributes;
    const run = (name: string) => {
      const reader = userReader('rfc');
      return faultOf(
        () =>
          applyPatch({ id: 'u', attributes: full, operations: parsePatchRequest(read(name), reader), reader })
            .attributes,
      );
    };
    const street = '1010 Broadway Ave';
    const [work, ...others] = full.addresses as readonly object[];
    expect(run('rfc7644-3.5.2.3-patch_op-replace_street_address')).toEqual({
      returned: { ...full, addresses: [{ ...work, streetAddress: street }, ...others] },
    });
    const [operation] = read('rfc7644-3.5.2.3-patch_op-replace_user_work_address').Operations;
    expect(run('rfc7644-3.5.2.3-patch_op-replace_user_work_address')).toEqual({
      returned: { ...full, addresses: [operation.value, ...others] },
    });
    expect(run('rfc7644-3.5.2.3-patch_op-replace_all_email_values')).toMatchObject({
      returned: { emails: [{ value: 'bjensen@example.com' }, { value: 'babs@jensen.org' }] },
    });
  });

  it('[46] the search request is read', () => {
    expect(parseSearchRequest(read('rfc7644-3.4.3-search_request'), userReader('rfc'))).toMatchObject({
      attributes: ['displayName', 'userName'],
      startIndex: 1,
      count: 10,
    });
  });

  it.each(present ? named('bulk_request') : ['none'])('[55] %s is read', (name) => {
    const body = read(name);
    expect(parseBulkRequest(body, userReader('rfc')).operations).toHaveLength(body.Operations.length);
  });

  it('[55] the users inside a bulk request are read with their extension', () => {
    const [, operation] = read('rfc7644-3.7.2-bulk_request-enterprise_user').Operations;
    expect(operation.data.schemas).toContain(CORE_USER);
    expect(parseResource(operation.data, userReader('rfc')).attributes[ENTERPRISE]).toEqual({
      employeeNumber: '11250',
      manager: { value: 'bulkId:qwerty' },
    });
  });
});
