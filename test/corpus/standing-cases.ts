import type { AccessCase } from './access-case.js';

/** What is not effective: states, eligibility, windows; what follows once it would be. */
export const standingCases: readonly AccessCase[] = [
  {
    name: 'a disabled service account in a group of administrators has nothing effective and all of it latent',
    estate: `svc:a in group:admins has role:admin@/ grants perm:p grants perm:q
             svc:a.idp disabled
             agent:x can-act-as svc:a`,
    asks: {
      'rows svc:a': [],
      'rows svc:a standing LATENT': ['perm:p@/ ALLOWED INHERITED', 'perm:q@/ ALLOWED INHERITED'],
      'rows svc:a standing ELIGIBLE': [],
      'rows svc:a standing LATENT_ELIGIBLE': [],
      'decide svc:a perm:p': 'NOT_GRANTED',
      'rows agent:x assume': [],
      'who perm:p @/': [],
      'who perm:p @/ standing LATENT': ['svc:a ALLOWED'],
    },
  },
  {
    name: 'a disabled group that denies never hides what a disabled group allows',
    estate: `svc:a in group:a disabled has role:giver@/ grants perm:p
             svc:a in group:b disabled has role:taker@/ denies perm:p`,
    asks: {
      'rows svc:a': [],
      'rows svc:a standing LATENT': ['perm:p@/ ALLOWED INHERITED'],
      'why-not svc:a perm:p': ['svc:a > svc:a.idp > group:a > role:giver@/ > perm:p: NODE_STATE 2 group:a -> ALLOWED'],
    },
  },
  {
    name: 'a live deny judges what is latent',
    estate: `svc:a in group:a disabled has role:giver@/ grants perm:p grants perm:q
             svc:a in group:b has role:taker@/ denies perm:p`,
    asks: { 'rows svc:a standing LATENT': ['perm:p@/ DENIED INHERITED', 'perm:q@/ ALLOWED INHERITED'] },
  },
  {
    name: 'the denies of a suspended identity and of its accounts judge its latent access',
    estate: `svc:a in group:b has role:taker@/ denies perm:p
             svc:a has role:giver@/ grants perm:p grants perm:q
             svc:a.idp disabled`,
    asks: { 'rows svc:a standing LATENT': ['perm:p@/ DENIED DIRECT', 'perm:q@/ ALLOWED DIRECT'] },
  },
  {
    name: 'an eligible membership of a group that is assigned a role is eligible, not effective',
    estate: 'usr:a in group:admins eligible has role:admin@/ grants perm:p',
    asks: {
      'rows usr:a': [],
      'rows usr:a standing ELIGIBLE': ['perm:p@/ ALLOWED INHERITED'],
      'rows usr:a standing LATENT': [],
      'decide usr:a perm:p': 'NOT_GRANTED',
      'why-not usr:a perm:p': ['usr:a > usr:a.idp > group:admins > role:admin@/ > perm:p: ELIGIBLE 1 -> ALLOWED'],
    },
  },
  {
    name: 'an eligible assignment is eligible, and of a suspended identity latent and eligible',
    estate: `usr:a has role:admin@/ eligible grants perm:p
             usr:b has role:admin@/ eligible
             usr:b is SUSPENDED`,
    asks: {
      'rows usr:a standing ELIGIBLE': ['perm:p@/ ALLOWED DIRECT'],
      'rows usr:b standing ELIGIBLE': [],
      'rows usr:b standing LATENT': [],
      'rows usr:b standing LATENT_ELIGIBLE': ['perm:p@/ ALLOWED DIRECT'],
      'who perm:p': [],
      'who perm:p standing ELIGIBLE': ['usr:a ALLOWED'],
      'who perm:p standing LATENT_ELIGIBLE': ['usr:b ALLOWED'],
    },
  },
  {
    name: 'what is effective is not reported as eligible too',
    estate: `usr:a has role:admin@/ grants perm:p
             usr:a has role:admin@/prod eligible as activation
             usr:a has role:other@/ eligible grants perm:p`,
    asks: { 'rows usr:a': ['perm:p@/ ALLOWED DIRECT'], 'rows usr:a standing ELIGIBLE': [] },
  },
  {
    name: 'an eligible assignment that would make conditional access unconditional is reported',
    estate: `usr:a has role:loose@/ if ?sometimes grants perm:p
             usr:a has role:sure@/ eligible grants perm:p`,
    asks: {
      'rows usr:a': ['perm:p@/ CONDITIONAL DIRECT'],
      'rows usr:a standing ELIGIBLE': ['perm:p@/ ALLOWED DIRECT'],
    },
  },
  {
    name: 'a grant that ends exactly at the instant is out, on every page',
    estate: `svc:a has role:r@/ until 50 grants perm:p
             svc:a has role:s@/ until 51 grants perm:q
             svc:a has role:t@/ from 50 grants perm:r`,
    asks: {
      'rows svc:a pages': ['perm:q@/ ALLOWED DIRECT', 'perm:r@/ ALLOWED DIRECT'],
      'rows svc:a at 49 pages': ['perm:p@/ ALLOWED DIRECT', 'perm:q@/ ALLOWED DIRECT'],
      'rows svc:a at 51': ['perm:r@/ ALLOWED DIRECT'],
      'why-not svc:a perm:p': ['svc:a > role:r@/ > perm:p: EXPIRED 0 -> ALLOWED'],
      'why-not svc:a perm:r at 49': ['svc:a > role:t@/ > perm:r: NOT_YET_VALID 0 -> ALLOWED'],
      'rows svc:a standing LATENT_ELIGIBLE': [],
    },
  },
  {
    name: 'a membership that is valid makes no grant valid that is not',
    estate: 'svc:a in group:g from 10 until 90 has role:r@/ until 20 grants perm:p',
    asks: {
      'decide svc:a perm:p at 15': 'ALLOWED',
      'decide svc:a perm:p': 'NOT_GRANTED',
      'decide svc:a perm:p at 5': 'NOT_GRANTED',
    },
  },
  {
    name: 'an identity that expires at the instant lets nothing through, and is not latent',
    estate: 'svc:a expires 50 has role:r@/ grants perm:p',
    asks: {
      'decide svc:a perm:p at 49': 'ALLOWED',
      'decide svc:a perm:p': 'NOT_GRANTED',
      'rows svc:a standing LATENT': [],
    },
  },
  {
    name: 'a disabled account of an active identity stops what the account brings and nothing else',
    estate: `svc:a in group:sales of source:crm has role:r@/ grants perm:p
             svc:a has role:s@/ grants perm:q
             svc:a.crm disabled`,
    asks: {
      'rows svc:a': ['perm:q@/ ALLOWED DIRECT'],
      'rows svc:a standing LATENT': ['perm:p@/ ALLOWED INHERITED'],
    },
  },
  {
    name: 'a suspended person whose account the provider deletes is offboarded, and the application’s account gives nothing',
    estate: [
      `usr:a in group:sales of source:crm has role:r@/ grants perm:p
       usr:a.idp`,
      'usr:a.idp disabled',
      'gone usr:a.idp',
    ],
    asks: {
      'decide usr:a perm:p revision 1': 'ALLOWED',
      'decide usr:a perm:p revision 2': 'NOT_GRANTED',
      'decide usr:a perm:p': 'NOT_GRANTED',
      'rows usr:a standing LATENT': ['perm:p@/ ALLOWED INHERITED'],
    },
  },
  {
    name: 'two things in the way are two blockers, the path with fewer comes first',
    estate: `svc:a in group:g disabled has role:r@/test until 10 grants perm:p
             svc:a has role:s@/prod eligible grants perm:p`,
    asks: {
      'why-not svc:a perm:p @/prod': [
        'svc:a > role:s@/prod > perm:p: ELIGIBLE 0 -> ALLOWED',
        'svc:a > svc:a.idp > group:g > role:r@/test > perm:p: NODE_STATE 2 group:g, EXPIRED 2, OUT_OF_SCOPE 2 -> ALLOWED',
      ],
    },
  },
  {
    name: 'lifting what is in the way lifts it for denies too',
    estate: `svc:a in group:g disabled has role:r@/ grants perm:p
             group:g has role:s@/ denies perm:p`,
    asks: {
      'rows svc:a standing LATENT': ['perm:p@/ ALLOWED INHERITED'],
      'why-not svc:a perm:p': ['svc:a > svc:a.idp > group:g > role:r@/ > perm:p: NODE_STATE 2 group:g -> DENIED'],
    },
  },
  {
    name: 'an overridden path has no blockers, and why-not tells what denies',
    estate: `svc:a has role:r@/ grants perm:p
             svc:a in group:g has role:s@/ denies perm:p`,
    asks: {
      'why-not svc:a perm:p': ['svc:a > role:r@/ > perm:p:  -> DENIED'],
      'denies svc:a perm:p': ['DENIED', 'svc:a > svc:a.idp > group:g > role:s@/ > perm:p'],
    },
  },
];
