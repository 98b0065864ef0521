import type { AccessCase } from './access-case.js';
import { assumeCases } from './assume-cases.js';
import { conditionCases } from './condition-cases.js';
import { decisionCases } from './decision-cases.js';
import { inheritanceCases } from './inheritance-cases.js';
import { pathCases } from './path-cases.js';
import { scopeCases } from './scope-cases.js';
import { standingCases } from './standing-cases.js';
import { tenantCases } from './tenant-cases.js';

/** Every case that separates one reading of `docs/model.md` from another; each engine answers all of them. */
export const corpus: readonly AccessCase[] = [
  ...decisionCases,
  ...scopeCases,
  ...inheritanceCases,
  ...standingCases,
  ...conditionCases,
  ...assumeCases,
  ...pathCases,
  ...tenantCases,
];
