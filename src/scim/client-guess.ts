import type { Quirk, QuirkCounts } from './dialect.js';

/** Providers that clients can be told to be of. */
export type ClientName = 'okta' | 'entra' | 'onelogin' | 'jumpcloud' | 'ping' | 'google';

const USER_AGENTS: readonly (readonly [RegExp, ClientName])[] = [
  [/okta/i, 'okta'],
  [/azure|microsoft|entra/i, 'entra'],
  [/onelogin/i, 'onelogin'],
  [/jumpcloud/i, 'jumpcloud'],
  [/ping(one|federate|identity)/i, 'ping'],
  [/google/i, 'google'],
];

/** Habits that one provider alone is known for. */
const HABITS: Partial<Record<Quirk, ClientName>> = {
  E2: 'entra',
  E3: 'entra',
  E4: 'entra',
  E11: 'entra',
  O7: 'okta',
  OLD_URN: 'onelogin',
};

/** Whose client a request looks like: by its User-Agent, else by its habits; undefined: like nobody's in particular. */
export function guessClient(userAgent: string | undefined, quirks: readonly QuirkCounts[]): ClientName | undefined {
  const named = USER_AGENTS.find(([pattern]) => userAgent !== undefined && pattern.test(userAgent));
  if (named) return named[1];
  for (const counts of quirks)
    for (const quirk of counts.keys()) {
      const client = HABITS[quirk];
      if (client) return client;
    }
  return undefined;
}
