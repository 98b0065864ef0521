import { z } from 'zod';
import type { ClassificationRule } from '../src/graph/classification.js';
import type { CorrelationRule } from '../src/graph/node.js';
import type { GraphContext } from '../src/graphql/context.js';
import type {
  ClassificationRule as ClassificationRuleInput,
  CorrelationRule as CorrelationRuleName,
  Resolvers,
} from '../src/graphql/generated/resolver-types.js';
import { given } from '../src/graphql/given.js';
import type { SourceModel } from '../src/graphql/models.js';
import { toPageInfo, toPageRequest } from '../src/graphql/page.js';
import { orProblem, problemTypeOf } from '../src/graphql/problem.js';
import { getNode, readNode } from '../src/graphql/read-node.js';
import { GraphError } from '../src/kernel/errors.js';
import { readScopeOf } from '../src/usecases/caller.js';
import { previewClassification, setClassification } from '../src/usecases/classify-source.js';
import { createSource } from '../src/usecases/create-source.js';
import { createTenant } from '../src/usecases/create-tenant.js';
import { createToken, revokeToken } from '../src/usecases/create-token.js';
import { installApplication } from '../src/usecases/install-application.js';
import { resolveRef } from '../src/usecases/resolve-ref.js';
import { rotateToken } from '../src/usecases/rotate-token.js';
import { setOwners } from '../src/usecases/set-owners.js';
import { listOwners } from './identity.js';
import { scimBaseUrlOf } from './tenant.js';
