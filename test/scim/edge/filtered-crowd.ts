import { expect } from '@jest/globals';
import fc from 'fast-check';
import type { Attributes } from '../../../src/scim/attribute-value.js';
import { toPredicate } from '../../../src/scim/filter-evaluator.js';
import { parseFilter } from '../../../src/scim/filter-parser.js';
import { userReader } from '../readers.js';
import { patchBody, type ScimClient, type ScimService } from './scim-service.js';

/** Makes twelve users, a second apart; of one it is removed how active it is. */
export async function createCrowd(service: ScimService, client: ScimClient): Promise<void> {
  for (let at = 0; at < 12; at += 1) {
    service.clock.advance(1_000);
    const { body } = await client.send('POST', '/Users', userOf(at));
    if (at === 6) await client.send('PATCH', `/Users/${body.id}`, patchBody({ op: 'remove', path: 'active' }));
  }
}

export const userOf = (at: number) => ({
  userName: `user-${String(at).padStart(2, '0')}`,
  title: at % 3 === 0 ? 'Engineer' : 'Manager',
  active: at % 2 === 0,
  ...(at % 4 === 0 && { nickName: `Nick${12 - at}` }),
  emails: [{ value: `u${at}@acme.com`, type: at % 2 === 0 ? 'work' : 'home' }],
});

/** That random filters find of the crowd, over HTTP, what the evaluator says of each user by itself. */
export async function expectFoundAsEvaluated(client: ScimClient, numRuns: number): Promise<void> {
  const ask = async (query: string) => (await client.send('GET', query)).body;
  const terms = fc.constantFrom(
    'userName eq "USER-03"',
    'userName sw "user-0"',
    'userName co "1"',
    'userName pr',
    'externalId pr',
    'externalId sw ""',
    'active eq false',
    'active ne true',
    'active pr',
    'active eq null',
    'emails.value eq "U4@acme.com"',
    'emails[value sw "u1"]',
    'emails[type eq "work" and value co "0"]',
    'title eq "Engineer"',
    'nickName pr',
    'meta.created gt "2027-01-15T08:00:05.5Z"',
    'meta.lastModified le "2027-01-15T08:00:09Z"',
    'displayName eq null',
  );
  const { filter } = fc.letrec<{ filter: string }>((tie) => ({
    filter: fc.oneof(
      { maxDepth: 3 },
      terms,
      terms.map((term) => `not (${term})`),
      fc
        .tuple(tie('filter'), fc.constantFrom('and', 'or'), tie('filter'))
        .map(([a, word, b]) => `(${a}) ${word} (${b})`),
    ),
  }));

  const everyone: readonly Attributes[] = (await ask('/Users')).Resources;
  await fc.assert(
    fc.asyncProperty(filter, async (text) => {
      const holds = toPredicate(parseFilter(text, userReader()));
      const { Resources } = await ask(`/Users?filter=${encodeURIComponent(text)}`);
      expect(Resources).toEqual(everyone.filter((user) => holds({ active: true, ...user })));
    }),
    { numRuns },
  );
}
