import { runInNewContext } from 'node:vm';
import { expect } from '@jest/globals';

/** A collection of Postman, as far as it is read here (its format 2.1). */
export interface PostmanItem {
  readonly name: string;
  readonly item?: readonly PostmanItem[];
  readonly request?: {
    readonly method: string;
    readonly url: string | { readonly raw: string };
    readonly header?: readonly { readonly key: string; readonly value: string }[];
    readonly body?: { readonly raw?: string };
  };
  readonly event?: readonly { readonly listen: string; readonly script: { readonly exec: readonly string[] } }[];
}

/** One assertion of a collection's scripts, under the names of its folders and request. */
export interface Assertion {
  readonly name: string;
  /** Absent: it holds. */
  readonly fault?: string;
}

/** Sends the requests in order; `variables` is what `{{name}}` stands for, and is changed by the scripts. */
export async function runPostman(
  items: readonly PostmanItem[],
  variables: Map<string, string>,
  folder = '',
): Promise<readonly Assertion[]> {
  const assertions: Assertion[] = [];
  for (const { name, item, request, event = [] } of items) {
    const path = `${folder}/${name}`;
    if (item) assertions.push(...(await runPostman(item, variables, path)));
    if (!request) continue;
    const response = await send(request, variables);
    const scripts = event.filter(({ listen }) => listen === 'test').map(({ script }) => script.exec.join('\n'));
    for (const script of scripts) assertions.push(...runScript(script, { ...response, variables, path }));
  }
  return assertions;
}

interface Answered {
  readonly status: number;
  readonly text: string;
}

async function send(
  { method, url, header = [], body }: NonNullable<PostmanItem['request']>,
  variables: ReadonlyMap<string, string>,
): Promise<Answered> {
  const fill = (text: string) => text.replace(/\{\{(\w+)\}\}/g, (_all, name) => variables.get(name) ?? '');
  const headers = header.map(({ key, value }): [string, string] => [key, fill(value)]);
  const sendsBody = method !== 'GET' && body?.raw !== undefined;
  const response = await fetch(fill(typeof url === 'string' ? url : url.raw), {
    method,
    headers: { ...Object.fromEntries(headers), authorization: `Bearer ${variables.get('token')}` },
    ...(sendsBody && { body: fill(body?.raw ?? '') }),
  });
  return { status: response.status, text: await response.text() };
}

/** The part of Postman's sandbox that the collection uses. */
function runScript(
  script: string,
  { status, text, variables, path }: Answered & { readonly variables: Map<string, string>; readonly path: string },
): readonly Assertion[] {
  const assertions: Assertion[] = [];
  const pm = {
    test(name: string, check: () => void) {
      try {
        check();
        assertions.push({ name: `${path}: ${name}` });
      } catch (error) {
        assertions.push({ name: `${path}: ${name}`, fault: String(error) });
      }
    },
    response: {
      json: () => JSON.parse(text),
      text: () => text,
      to: { have: { status: (wanted: number) => expect(status).toBe(wanted) } },
    },
    expect: (value: unknown) => ({
      to: {
        eql: (wanted: unknown) => expect(JSON.stringify(value)).toBe(JSON.stringify(wanted)),
        include: (part: string) => expect(value).toContain(part),
        not: { include: (part: string) => expect(value).not.toContain(part) },
      },
    }),
    environment: {
      get: (name: string) => variables.get(name),
      set: (name: string, value: unknown) => variables.set(name, String(value)),
    },
  };
  runInNewContext(script, { pm });
  return assertions;
}
