import { z } from 'zod';
import type { Condition } from '../graph/condition.js';
import { maxIndexedBytes } from '../graph/text.js';

/** With `u`, a surrogate that is half of a pair is no character of its own. */
const unstorable = /[\0\p{Surrogate}]/u;

/** Text that every store keeps as it is: no U+0000, no half surrogate pairs. */
export function text(maxLength: number): z.ZodString {
  return z
    .string()
    .max(maxLength)
    .refine((value) => !unstorable.test(value), {
      params: { hint: 'remove U+0000 and halves of surrogate pairs' },
      message: 'holds a character that no text may',
    });
}

/** A name by which something is found; its length is limited in bytes. */
export function name(): z.ZodString {
  return text(maxIndexedBytes)
    .min(1)
    .refine((value) => Buffer.byteLength(value) <= maxIndexedBytes, {
      params: { hint: 'shorten it' },
      message: `is longer than ${maxIndexedBytes} bytes`,
    });
}

export const slug = z
  .string()
  .regex(/^[a-z0-9][a-z0-9-]{0,62}$/, 'is no slug: 1 to 63 of `a-z 0-9 -`, not beginning with `-`')
  .describe('A short name: 1 to 63 of a-z 0-9 -.');

/** Below the application's root in a tenant; `/` is the root itself. */
export const resourcePath = name()
  .refine((path) => path === '/' || /^(\/[^/]+)+$/.test(path), {
    params: { hint: 'write it like `/prod/db1`: absolute, no empty segment, no `/` at the end' },
    message: 'is no path of a resource',
  })
  .describe('Absolute path of a resource, /-separated, without a trailing slash.');

export const environment = z.enum(['DEV', 'TEST', 'STAGE', 'PROD']);
export const plane = z.enum(['CONTROL', 'DATA']);

/** RFC 3339 with a zone; becomes milliseconds. */
export const instant = z.iso
  .datetime({ offset: true, error: 'is no time such as `2026-11-24T02:00:00Z`' })
  .describe('A time with its zone, such as 2026-11-24T02:00:00Z.');

const scalar = z.union([text(4096), z.number(), z.boolean()]);

/** The model's conditions as they are. */
export const condition: z.ZodType<Condition> = z
  .discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('opaque'), text: text(8192) }).describe('What nobody here can judge.'),
    z.strictObject({
      kind: z.literal('compare'),
      key: name(),
      operator: z.enum([
        'EQUALS',
        'EQUALS_IGNORE_CASE',
        'LIKE',
        'LESS',
        'LESS_OR_EQUAL',
        'GREATER',
        'GREATER_OR_EQUAL',
      ]),
      values: z.array(scalar).min(1).max(1000),
    }),
    z.strictObject({
      kind: z.literal('not'),
      get of() {
        return condition;
      },
    }),
    z.strictObject({
      kind: z.literal('all'),
      get of() {
        return z.array(condition).max(100);
      },
    }),
    z.strictObject({
      kind: z.literal('any'),
      get of() {
        return z.array(condition).max(100);
      },
    }),
  ])
  .meta({ id: 'Condition', description: 'What must hold besides; judged in three values: true, false, unsettled.' });
