import type { AccessCase } from './access-case.js';

/** Conditions that the context of a question settles, and those that it does not. */
export const conditionCases: readonly AccessCase[] = [
  {
    name: 'a condition that the context settles true makes its allow unconditional, false removes it',
    estate: 'svc:a has role:r@/ if env=prod grants perm:p',
    asks: {
      'decide svc:a perm:p': 'CONDITIONAL',
      'decide svc:a perm:p with env=prod': 'ALLOWED',
      'decide svc:a perm:p with env=test': 'NOT_GRANTED',
      'decide svc:a perm:p with region=eu': 'CONDITIONAL',
      'rows svc:a with env=prod': ['perm:p@/ ALLOWED DIRECT'],
      'rows svc:a with env=test': [],
    },
  },
  {
    name: 'a condition that the context settles true makes its deny unconditional, false removes it',
    estate: `svc:a has role:giver@/ grants perm:p
             svc:a has role:taker@/ if env=prod denies perm:p`,
    asks: {
      'decide svc:a perm:p': 'CONDITIONAL',
      'decide svc:a perm:p with env=prod': 'DENIED',
      'decide svc:a perm:p with env=test': 'ALLOWED',
    },
  },
  {
    name: 'an opaque condition stays unsettled whatever the context',
    estate: 'svc:a has role:r@/ if ?on-call grants perm:p',
    asks: { 'decide svc:a perm:p with on-call=true': 'CONDITIONAL' },
  },
  {
    name: 'of two conditions on one way both must hold, and one false settles it',
    estate: 'svc:a has role:r@/ if env=prod grants perm:p if mfa=true',
    asks: {
      'decide svc:a perm:p with env=prod': 'CONDITIONAL',
      'decide svc:a perm:p with env=prod&mfa=true': 'ALLOWED',
      'decide svc:a perm:p with mfa=false': 'NOT_GRANTED',
    },
  },
  {
    name: 'all, any and not are settled as soon as a part settles them',
    estate: `svc:all has role:all@/ if env=prod&mfa=true grants perm:p
             svc:any has role:any@/ if env=prod|mfa=true grants perm:p
             svc:not has role:not@/ if !env=prod grants perm:p`,
    asks: {
      'decide svc:all perm:p with env=test': 'NOT_GRANTED',
      'decide svc:all perm:p with env=prod': 'CONDITIONAL',
      'decide svc:any perm:p with env=prod': 'ALLOWED',
      'decide svc:any perm:p with env=test': 'CONDITIONAL',
      'decide svc:not perm:p with env=prod': 'NOT_GRANTED',
      'decide svc:not perm:p with env=test': 'ALLOWED',
      'decide svc:not perm:p': 'CONDITIONAL',
    },
  },
  {
    name: 'a comparison asks for any one of its values, an order or a likeness',
    estate: `svc:one has role:one@/ if env=prod,stage grants perm:p
             svc:low has role:low@/ if level<3 grants perm:p
             svc:like has role:like@/ if host~db-* grants perm:p`,
    asks: {
      'decide svc:one perm:p with env=stage': 'ALLOWED',
      'decide svc:low perm:p with level=2': 'ALLOWED',
      'decide svc:low perm:p with level=3': 'NOT_GRANTED',
      'decide svc:like perm:p with host=db-7': 'ALLOWED',
      'decide svc:like perm:p with host=web': 'NOT_GRANTED',
    },
  },
  {
    name: 'a pattern and a condition on one grant are settled apart',
    estate:
      'svc:a has role:r@/ grants perm:p on /prod/* if env=prod\nsvc:b has role:s@/prod/db\nsvc:b has role:s@/test',
    asks: {
      'decide svc:a perm:p @/prod/db': 'CONDITIONAL',
      'decide svc:a perm:p @/prod/db with env=prod': 'ALLOWED',
      'decide svc:a perm:p @/test with env=prod': 'NOT_GRANTED',
      'decide svc:a perm:p @/ with env=prod': 'CONDITIONAL',
    },
  },
  {
    name: 'a path over a condition is conditional, and so is one that a conditional deny may override',
    estate: `svc:a has role:loose@/ if ?sometimes grants perm:p
             svc:b has role:sure@/ grants perm:p
             svc:b has role:perhaps@/ if ?maybe denies perm:p`,
    asks: {
      'paths svc:a perm:p': ['svc:a > role:loose@/ > perm:p CONDITIONAL'],
      'paths svc:b perm:p': ['svc:b > role:sure@/ > perm:p CONDITIONAL'],
    },
  },
  {
    name: 'a path whose pattern excludes the resource is not listed for it, and why-not names the condition',
    estate: `svc:a has role:r@/ grants perm:p on /prod/*
             svc:b has role:s@/test`,
    asks: {
      'paths svc:a perm:p @/test': [],
      'paths svc:a perm:p': ['svc:a > role:r@/ > perm:p CONDITIONAL'],
      'why-not svc:a perm:p @/test': ['svc:a > role:r@/ > perm:p: CONDITION 1 -> ALLOWED'],
    },
  },
];
