import type { ClassificationRule } from '../src/graph/classification.js';
import type { GraphContext } from '../src/graphql/context.js';
import type { Resolvers, SourceSettings } from '../src/graphql/generated/resolver-types.js';
import type { SourceModel } from '../src/graphql/models.js';
import { getNode } from '../src/graphql/read-node.js';
import { maxPageSize } from '../src/store/graph-store.js';
import { browseNodes } from '../src/usecases/browse-nodes.js';
import { reportSourceHealth } from '../src/usecases/source-health.js';
import { classificationOf, parseSourceSettings } from '../src/usecases/source-settings.js';
import { nodeFields } from './identity.js';
import { resolveReference } from './references.js';

/** Where a source's provider writes to. */
export async function scimBaseUrlOf({ node }: SourceModel, context: GraphContext): Promise<string> {
  const tenant = await getNode(context, node.tenant, 'Tenant');
  return `${context.baseUrl}/scim/v2/${tenant.node.slug}/${node.slug}`;
}

function settingsOf({ node }: SourceModel): SourceSettings {
  const { limits, schemas, classification: _rules, ...settings } = parseSourceSettings(node.settings);
  return {
    ...settings,
    externalIdsUnique: node.externalIdsUnique,
    groupNamesUnique: node.groupNamesUnique,
    limits: Object.entries(limits).flatMap(([name, value]) => (value === undefined ? [] : [{ name, value }])),
    schemas: schemas.map(({ id }) => id),
  };
}

/** A rule says one of several tests. */
const testOf = (rule: ClassificationRule) => ({
  userType: rule.kind === 'userType' ? rule.value : null,
  attribute: rule.kind === 'attribute' ? rule.attribute : null,
  matches: rule.kind === 'attribute' ? rule.pattern : null,
  userName: rule.kind === 'userName' ? rule.pattern : null,
  group: rule.kind === 'group' ? rule.name : null,
});

/** Tenants and their sources. */
export const tenantResolvers: Resolvers = {
  Tenant: {
    ...nodeFields,
    slug: ({ node }) => node.slug,
    name: ({ node }) => node.name,
    environment: ({ node }) => node.environment ?? null,
    sources: async ({ node }, _args, context) => {
      const request = { kind: 'Source', filter: { tenant: node.id }, page: { first: maxPageSize } } as const;
      return (await browseNodes(context.services, await context.asking(), request)).items;
    },
    __resolveReference: resolveReference('Tenant'),
  },
  Source: {
    ...nodeFields,
    slug: ({ node }) => node.slug,
    tenant: ({ node }, _args, context) => getNode(context, node.tenant, 'Tenant'),
    kind: ({ node }) => node.sourceKind,
    preset: ({ node }) => node.preset,
    authoritative: ({ node }) => node.authoritative,
    scimBaseUrl: (model, _args, context) => scimBaseUrlOf(model, context),
    application: ({ node }, _args, context) =>
      node.application ? getNode(context, node.application, 'Application') : null,
    settings: settingsOf,
    classification: ({ node }) => classificationOf(node),
    health: ({ node }, _args, { services }) => reportSourceHealth(services, node.id),
    __resolveReference: resolveReference('Source'),
  },
  SourceHealth: {
    lastWriteAt: ({ lastWriteAt }) => lastWriteAt ?? null,
    looksLike: ({ looksLike }) => looksLike ?? null,
  },
  SourceToken: {
    expiresAt: ({ expiresAt }) => expiresAt ?? null,
    lastUsedAt: ({ lastUsedAt }) => lastUsedAt ?? null,
  },
  AppliedClassificationRule: {
    type: ({ type }) => type,
    userType: (rule) => testOf(rule).userType,
    attribute: (rule) => testOf(rule).attribute,
    matches: (rule) => testOf(rule).matches,
    userName: (rule) => testOf(rule).userName,
    group: (rule) => testOf(rule).group,
  },
  Reclassification: { from: ({ account }) => account.node.type },
};
