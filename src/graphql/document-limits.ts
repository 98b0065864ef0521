import {
  type ASTNode,
  type DocumentNode,
  type FragmentDefinitionNode,
  GraphQLError,
  Kind,
  type OperationDefinitionNode,
  type SelectionSetNode,
  type ValidationRule,
} from 'graphql';
import type { Limits } from '../kernel/config.js';

type DocumentLimits = Pick<Limits, 'GRAPHQL_MAX_DEPTH' | 'GRAPHQL_MAX_ALIASES' | 'GRAPHQL_MAX_ROOT_FIELDS'>;

/** What a document asks for, fragments written out where they are spread. */
interface Measure {
  /** Fields from the root to the deepest. */
  readonly depth: number;
  readonly aliases: number;
  /** Fields of this selection itself. */
  readonly fields: number;
}

/**
 * Refuses documents that are too deep, rename too much or ask too many root questions. A selection of the schema itself
 * has no depth, so that the standard introspection query passes.
 */
export function createDocumentLimits(limits: DocumentLimits): readonly ValidationRule[] {
  return [
    (context) => ({
      Document(document: DocumentNode) {
        const measure = createMeasure(document);
        for (const operation of document.definitions) {
          if (operation.kind !== Kind.OPERATION_DEFINITION) continue;
          const { depth, aliases, fields } = measure(operation.selectionSet);
          const refuse = (message: string) => context.reportError(new GraphQLError(message, { nodes: [operation] }));
          if (context.getSchema().getRootType(operation.operation) === undefined)
            refuse(`There are no ${operation.operation}s here; ask again instead.`);
          refuseOver(refuse, operation, 'depth', depth, limits.GRAPHQL_MAX_DEPTH);
          refuseOver(refuse, operation, 'number of aliases', aliases, limits.GRAPHQL_MAX_ALIASES);
          refuseOver(refuse, operation, 'number of root fields', fields, limits.GRAPHQL_MAX_ROOT_FIELDS);
        }
      },
    }),
  ];
}

function refuseOver(
  refuse: (message: string) => void,
  operation: OperationDefinitionNode,
  what: string,
  value: number,
  limit: number,
): void {
  const name = operation.name?.value ?? operation.operation;
  if (value > limit) refuse(`The ${what} of "${name}" is over ${limit}; ask in parts.`);
}

/** Measures each fragment once, so that spreads within spreads cost nothing; a fragment within itself counts as empty. */
function createMeasure(document: DocumentNode): (selection: SelectionSetNode) => Measure {
  const fragments = new Map<string, FragmentDefinitionNode>();
  for (const definition of document.definitions)
    if (definition.kind === Kind.FRAGMENT_DEFINITION) fragments.set(definition.name.value, definition);
  const measured = new Map<ASTNode, Measure>();

  return function measure(selection): Measure {
    const known = measured.get(selection);
    if (known !== undefined) return known;
    measured.set(selection, empty);
    let total = empty;
    for (const part of selection.selections) {
      if (part.kind === Kind.FIELD) {
        const below = part.selectionSet && !part.name.value.startsWith('__') ? measure(part.selectionSet) : empty;
        const aliases = below.aliases + (part.alias === undefined ? 0 : 1);
        total = join(total, { depth: below.depth + 1, aliases, fields: 1 });
      } else {
        const inner = part.kind === Kind.INLINE_FRAGMENT ? part : fragments.get(part.name.value);
        if (inner !== undefined) total = join(total, measure(inner.selectionSet));
      }
    }
    measured.set(selection, total);
    return total;
  };
}

const empty: Measure = { depth: 0, aliases: 0, fields: 0 };

function join(a: Measure, b: Measure): Measure {
  return { depth: Math.max(a.depth, b.depth), aliases: a.aliases + b.aliases, fields: a.fields + b.fields };
}
