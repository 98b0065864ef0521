import { readdirSync, readFileSync } from 'node:fs';
import { type DocumentNode, parse } from 'graphql';

const folder = new URL('../../../schema/', import.meta.url);

/** The SDL of `schema/`, its files in order of their names. */
export function readSchemaDocuments(): DocumentNode {
  const names = readdirSync(folder).filter((name) => name.endsWith('.graphql'));
  return parse(
    names
      .sort()
      .map((name) => readFileSync(new URL(name, folder), 'utf8'))
      .join('\n'),
  );
}
