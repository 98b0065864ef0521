import type { IncomingHttpHeaders } from 'node:http';
import { GraphError } from '../kernel/errors.js';
import type { Asking } from '../usecases/answer-access.js';
import type { Caller } from '../usecases/caller.js';
import { fixPair, type Pair, type PairRequest } from '../usecases/pair.js';
import type { Services } from '../usecases/services.js';
import { createLoaders, type Loaders } from './loaders.js';
import { parseInstant } from './scalars.js';
import { createTurnQueue } from './turn-queue.js';

/** What resolvers of one request share. */
export interface GraphContext {
  /** The store's reads keep the request's deadline. */
  readonly services: Services;
  readonly caller: Caller;
  readonly requestId: string;
  readonly signal: AbortSignal;
  /** The address that callers see, without a trailing slash. */
  readonly baseUrl: string;
  readonly loaders: Loaders;
  /** Its turn, then who asks, until when, as of when: what an argument says, else the inherited pair, else the header, else newest and now. */
  asking(asOf?: AsOfArgument, inherited?: Pair): Promise<Asking>;
}
type AsOfArgument =
  | { readonly at?: number | null | undefined; readonly atLeastRevision?: string | null | undefined }
  | null
  | undefined;

export function createContext({
  headers,
  ...given
}: Omit<GraphContext, 'loaders' | 'asking'> & { readonly headers: IncomingHttpHeaders }): GraphContext {
  const { caller, signal } = given;
  const services = { ...given.services, store: given.services.store.until(signal) };
  let ofRequest: ReturnType<typeof fixPair> | undefined;
  const takeTurn = createTurnQueue(signal);
  return {
    ...given,
    services,
    loaders: createLoaders(services, caller),
    async asking(asOf, inherited) {
      await takeTurn();
      ofRequest ??= fixPair(services, parseAsOfHeader(headers['graph-as-of']), signal);
      const usual = inherited ? { pair: inherited } : await ofRequest;
      const asked = withoutAbsent(asOf);
      const fixed = asked === undefined ? usual : await fixPair(services, { ...usual.pair, ...asked }, signal);
      return { caller, signal, ...fixed };
    },
  };
}

function withoutAbsent(asOf: AsOfArgument): PairRequest | undefined {
  const at = asOf?.at ?? undefined;
  const atLeastRevision = asOf?.atLeastRevision ?? undefined;
  if (at === undefined && atLeastRevision === undefined) return undefined;
  return { ...(at !== undefined && { at }), ...(atLeastRevision !== undefined && { atLeastRevision }) };
}

/** `at=2026-11-24T08:00:00Z; revision=…`, either part alone too. @throws GraphError INVALID */
function parseAsOfHeader(header: string | string[] | undefined): PairRequest {
  if (header === undefined) return {};
  const request: { at?: number; atLeastRevision?: string } = {};
  for (const part of String(header).split(';')) {
    const [name = '', value = ''] = part.split('=', 2).map((text) => text.trim());
    const at = name === 'at' ? parseInstant(value) : undefined;
    if (at !== undefined) request.at = at;
    else if (name === 'revision' && value !== '') request.atLeastRevision = value;
    else
      throw new GraphError('INVALID', 'the header `Graph-As-Of` says `at=…`, `revision=…` or both with `;` between', {
        argument: 'Graph-As-Of',
      });
  }
  return request;
}
