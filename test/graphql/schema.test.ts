import { execFileSync } from 'node:child_process';
import { printSubgraphSchema } from '@apollo/subgraph';
import { describe, expect, it } from '@jest/globals';
import {
  type GraphQLNamedType,
  isEnumType,
  isInputObjectType,
  isInterfaceType,
  isListType,
  isNonNullType,
  isObjectType,
  isSpecifiedScalarType,
} from 'graphql';
import { resolvers } from '../../resolvers/resolvers.js';
import { createSchema } from '../../src/graphql/subgraph.js';

const schema = createSchema(resolvers);
/** Types that the federation library adds. */
const foreign = /^(_|__|link__|federation__|fed__)/;
const types = Object.values(schema.getTypeMap()).filter(
  (type) => !foreign.test(type.name) && !isSpecifiedScalarType(type),
);

describe('the schema', () => {
  it('describes every type, field, argument and value', () => {
    const silent = types.flatMap((type) => [
      ...(type.description ? [] : [type.name]),
      ...membersOf(type).flatMap(({ name, description }) => (description ? [] : [`${type.name}.${name}`])),
    ]);
    expect(silent).toEqual([]);
  });

  it('has a resolver for nothing that it lacks', () => {
    const lost = Object.entries(resolvers).flatMap(([name, fields]) => {
      const type = schema.getType(name);
      if (type === undefined) return [name];
      if (!isObjectType(type)) return [];
      return Object.keys(fields ?? {}).filter((field) => !field.startsWith('__') && !(field in type.getFields()));
    });
    expect(lost).toEqual([]);
  });

  it('requires a scope of every root field but the one that says who asks', () => {
    const open = [schema.getQueryType(), schema.getMutationType()].flatMap((root) =>
      Object.values(root?.getFields() ?? {})
        .filter(({ name }) => !name.startsWith('_'))
        .filter((field) => !field.astNode?.directives?.some(({ name }) => name.value === 'requiresScopes'))
        .map(({ name }) => name),
    );
    expect(open).toEqual(['viewer']);
  });

  it('makes no root list non-null, so that one that fails leaves the others standing', () => {
    const strict = Object.values(schema.getQueryType()?.getFields() ?? {})
      .filter(({ name }) => !name.startsWith('_'))
      .filter(({ type }) => isNonNullType(type) && isListType(type.ofType))
      .map(({ name }) => name);
    expect(strict).toEqual([]);
  });

  it('limits the length of every list that takes a page', () => {
    const unlimited = types.flatMap((type) =>
      isObjectType(type)
        ? Object.values(type.getFields())
            .filter((field) => field.args.some(({ name }) => name === 'first'))
            .filter((field) => !field.astNode?.directives?.some(({ name }) => name.value === 'listSize'))
            .map((field) => `${type.name}.${field.name}`)
        : [],
    );
    expect(unlimited).toEqual([]);
  });

  it('is a subgraph whose entities have a reference resolver each', () => {
    const sdl = printSubgraphSchema(schema);
    expect(sdl).toContain('url: "https://specs.apollo.dev/federation/v2.9"');
    const entities = types.filter((type) => type.astNode?.directives?.some(({ name }) => name.value === 'key'));
    const unresolved = entities.filter(({ name }) => {
      const row = (resolvers as Record<string, { readonly __resolveReference?: unknown } | undefined>)[name];
      return row?.__resolveReference === undefined;
    });
    expect(entities.map(({ name }) => name).sort()).toEqual([
      'Account',
      'AiAgent',
      'Application',
      'Finding',
      'Group',
      'HumanIdentity',
      'Identity',
      'Permission',
      'Resource',
      'Role',
      'ServiceAccount',
      'Source',
      'Tenant',
      'Workload',
    ]);
    expect(unresolved.map(({ name }) => name)).toEqual([]);
  });

  it('is what the generated resolver types were made from', () => {
    const command = 'node_modules/@graphql-codegen/cli/esm/bin.js';
    const report = () =>
      execFileSync(process.execPath, [command, '--config', 'codegen.yml', '--check'], { stdio: 'pipe' });
    expect(report).not.toThrow();
  });
});

interface Member {
  readonly name: string;
  readonly description?: string | null | undefined;
}

function membersOf(type: GraphQLNamedType): readonly Member[] {
  if (isEnumType(type)) return type.getValues();
  if (isInputObjectType(type)) return Object.values(type.getFields());
  if (!isObjectType(type) && !isInterfaceType(type)) return [];
  const fields = Object.values(type.getFields()).filter(({ name }) => !name.startsWith('_'));
  return fields.flatMap((field) => [
    field,
    ...field.args.map(({ name, description }) => ({ name: `${field.name}(${name})`, description })),
  ]);
}
