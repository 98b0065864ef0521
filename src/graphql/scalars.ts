import { GraphQLError, GraphQLScalarType, Kind } from 'graphql';
import { GraphQLJSONObject } from 'graphql-scalars';
import { isDayOf } from '../kernel/calendar-day.js';
import type { Instant } from '../kernel/clock.js';

/** The hour is 00 to 23: `Date` takes 24:00 for the next day. */
const dateTime = /^(\d{4}-\d\d)-(\d\d)T([01]\d|2[0-3]):\d\d:\d\d(\.\d{1,9})?(Z|[+-]\d\d:\d\d)$/i;

/** RFC 3339 text with an offset; absent: it is no such text, or no instant. */
export function parseInstant(text: string): Instant | undefined {
  const [, month, day] = dateTime.exec(text) ?? [];
  if (month === undefined || !isDayOf(month, Number(day))) return undefined;
  const at = Date.parse(text);
  return Number.isNaN(at) ? undefined : at;
}

export const scalarResolvers = {
  DateTime: scalar('DateTime', (value) => (typeof value === 'string' ? parseInstant(value) : undefined), {
    wanted: 'an instant such as `2026-11-24T08:00:00Z`',
    print: (instant: Instant) => new Date(instant).toISOString(),
  }),
  Revision: textScalar('Revision', 'what a response called `revision`'),
  Ref: textScalar('Ref', 'an id or a printed name of at most 2,000 characters'),
  JSONObject: GraphQLJSONObject,
};

function textScalar(name: string, wanted: string): GraphQLScalarType<string, string> {
  const parse = (value: unknown) =>
    typeof value === 'string' && value !== '' && value.length <= 2000 ? value : undefined;
  return scalar(name, parse, { wanted, print: (text: string) => text });
}

function scalar<Internal, External>(
  name: string,
  parse: (value: unknown) => Internal | undefined,
  { wanted, print }: { readonly wanted: string; readonly print: (value: Internal) => External },
): GraphQLScalarType<Internal, External> {
  const parseValue = (value: unknown): Internal => {
    const parsed = parse(value);
    if (parsed === undefined) throw new GraphQLError(`${name} takes ${wanted}`);
    return parsed;
  };
  return new GraphQLScalarType<Internal, External>({
    name,
    parseValue,
    parseLiteral: (node) => parseValue(node.kind === Kind.STRING ? node.value : undefined),
    serialize: (value) => print(value as Internal),
  });
}
