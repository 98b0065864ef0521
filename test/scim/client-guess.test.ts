import { describe, expect, it } from '@jest/globals';
import { guessClient } from '../../src/scim/client-guess.js';

describe('whose client a request looks like', () => {
  it.each([
    ['Okta SCIM Client 1.0.0', [], 'okta'],
    ['Google-Auto-Provisioning', [], 'google'],
    ['OneLogin SCIM', [], 'onelogin'],
    ['Okta SCIM Client 1.0.0', ['E3'], 'okta'],
    ['', ['E1', 'OLD_URN'], 'onelogin'],
    [undefined, ['E1', 'E11'], 'entra'],
    [undefined, ['E1', 'E5'], undefined],
    ['curl/8', [], undefined],
  ] as const)('[68] sent by %j with the habits %j', (userAgent, habits, client) => {
    expect(guessClient(userAgent, [new Map(), new Map(habits.map((habit) => [habit, 1]))])).toBe(client);
  });
});
