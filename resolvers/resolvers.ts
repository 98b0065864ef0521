import type { Resolvers } from '../src/graphql/generated/resolver-types.js';
import { accessResolvers } from './access.js';
import { administrationResolvers } from './administration.js';
import { catalogueResolvers } from './catalogue.js';
import { decisionResolvers } from './decision.js';
import { governanceResolvers } from './governance.js';
import { identityResolvers } from './identity.js';
import { mutationResolvers } from './mutation.js';
import { pathResolvers } from './path.js';
import { queryResolvers } from './query.js';
import { sharedResolvers } from './shared.js';
import { tenantResolvers } from './tenant.js';

/** Every resolver, type → field. */
export const resolvers: Resolvers = {
  ...sharedResolvers,
  ...tenantResolvers,
  ...identityResolvers,
  ...catalogueResolvers,
  ...accessResolvers,
  ...pathResolvers,
  ...decisionResolvers,
  ...governanceResolvers,
  ...mutationResolvers,
  ...queryResolvers,
  Query: { ...queryResolvers.Query, ...administrationResolvers.Query },
};
