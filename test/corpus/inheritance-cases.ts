import type { AccessCase } from './access-case.js';

const chain = Array.from({ length: 60 }, (_, number) => `in group:g${number + 1}`).join(' ');

/** Groups in groups, roles in roles, and where nesting does not convey. */
export const inheritanceCases: readonly AccessCase[] = [
  {
    name: 'access is inherited through nested groups',
    estate: 'svc:ci in group:build in group:eng has role:deployer@/prod grants perm:deploy',
    asks: {
      'rows svc:ci': ['perm:deploy@/prod ALLOWED INHERITED'],
      'paths svc:ci perm:deploy': [
        'svc:ci > svc:ci.idp > group:build > group:eng > role:deployer@/prod > perm:deploy LIVE',
      ],
      'who perm:deploy @/prod': ['svc:ci ALLOWED'],
    },
  },
  {
    name: 'an account of its own does not make access inherited, an inherited role does',
    estate: `svc:a.idp has role:direct@/ grants perm:p
             svc:a has role:senior@/ inherits role:junior grants perm:q`,
    asks: { 'rows svc:a': ['perm:p@/ ALLOWED DIRECT', 'perm:q@/ ALLOWED INHERITED'] },
  },
  {
    name: 'what is given directly and by a group is not inherited only',
    estate: `svc:a has role:r@/ grants perm:p
             svc:a in group:g has role:r@/
             svc:b in group:g`,
    asks: {
      'rows svc:a': ['perm:p@/ ALLOWED DIRECT+INHERITED'],
      'rows svc:a inherited-only': [],
      'rows svc:b inherited-only': ['perm:p@/ ALLOWED INHERITED'],
    },
  },
  {
    name: 'a ring of three groups with a group in itself gives what its acyclic equal gives',
    estate: `svc:a in group:x in group:y in group:z in group:x has role:r@/ grants perm:p
             group:y in group:y
             group:z has role:s@/ grants perm:q`,
    asks: {
      'rows svc:a': ['perm:p@/ ALLOWED INHERITED', 'perm:q@/ ALLOWED INHERITED'],
      'paths svc:a perm:q': ['svc:a > svc:a.idp > group:x > group:y > group:z > role:s@/ > perm:q LIVE'],
      cycles: ['group:x group:y group:z: group:y'],
    },
  },
  {
    name: 'roles that inherit each other give what both grant, and are a cycle',
    estate: 'svc:a has role:r@/ grants perm:p inherits role:s grants perm:q inherits role:r',
    asks: {
      'rows svc:a': ['perm:p@/ ALLOWED DIRECT', 'perm:q@/ ALLOWED INHERITED'],
      cycles: ['role:r role:s: role:r role:s'],
    },
  },
  {
    name: 'a chain of 60 groups conveys, and a bound on length cuts the listing only',
    estate: `svc:a ${chain} has role:r@/ grants perm:p`,
    asks: {
      'decide svc:a perm:p': 'ALLOWED',
      'rows svc:a': ['perm:p@/ ALLOWED INHERITED'],
      'paths svc:a perm:p max 20': ['incomplete: LIMIT'],
    },
  },
  {
    name: 'a group nested into a group of a source that does not nest conveys nothing, and why-not says nesting',
    estate: `source:flat flat
             svc:a in group:inner of source:flat in group:outer of source:flat has role:r@/ grants perm:p`,
    asks: {
      'decide svc:a perm:p': 'NOT_GRANTED',
      'rows svc:a standing LATENT_ELIGIBLE': [],
      'why-not svc:a perm:p': [
        'svc:a > svc:a.flat > group:inner > group:outer > role:r@/ > perm:p: NESTING 2 -> ALLOWED',
      ],
    },
  },
  {
    name: 'it is the target group’s source that says whether nesting conveys',
    estate: `source:flat flat
             svc:a in group:inner of source:flat in group:outer has role:r@/ grants perm:p
             svc:b in group:deep in group:shallow of source:flat has role:s@/ grants perm:q`,
    asks: { 'decide svc:a perm:p': 'ALLOWED', 'decide svc:b perm:q': 'NOT_GRANTED' },
  },
  {
    name: 'a nested group has nothing under an application that honours direct members only, and why-not says nesting',
    estate: `app:main direct-members-only
             svc:nested in group:inner in group:outer has role:r@/ grants perm:p
             svc:direct in group:outer`,
    asks: {
      'decide svc:nested perm:p': 'NOT_GRANTED',
      'decide svc:direct perm:p': 'ALLOWED',
      'who perm:p @/': ['svc:direct ALLOWED'],
      'why-not svc:nested perm:p': [
        'svc:nested > svc:nested.idp > group:inner > group:outer > role:r@/ > perm:p: NESTING 3 -> ALLOWED',
      ],
    },
  },
  {
    name: 'who is a direct and a nested member has one path under an application that honours direct members only',
    estate: `app:main direct-members-only
             svc:a in group:inner in group:outer has role:r@/ grants perm:p
             svc:a in group:outer`,
    asks: { 'paths svc:a perm:p': ['svc:a > svc:a.idp > group:outer > role:r@/ > perm:p LIVE'] },
  },
  {
    name: 'a deny given to a nested group does not count under an application that honours direct members only',
    estate: `app:main direct-members-only
             svc:a has role:giver@/ grants perm:p
             svc:a in group:inner in group:outer has role:taker@/ denies perm:p`,
    asks: { 'decide svc:a perm:p': 'ALLOWED' },
  },
  {
    name: 'everyone of the tenant has what its group of everyone has, directly in the sense of nesting',
    estate: `app:main direct-members-only
             everyone:acme has role:r@/ grants perm:p
             svc:a in group:g
             svc:b of tenant:globex in group:h of tenant:globex`,
    asks: {
      'rows svc:a': ['perm:p@/ ALLOWED INHERITED'],
      'who perm:p @/': ['svc:a ALLOWED'],
      'paths svc:a perm:p': ['svc:a > everyone:acme > role:r@/ > perm:p LIVE'],
      'rows svc:b': [],
    },
  },
  {
    name: 'a narrow deny on everyone takes from all who have it otherwise',
    estate: `everyone:acme has role:taker@/prod denies perm:p
             svc:a has role:giver@/ grants perm:p`,
    asks: { 'rows svc:a': ['perm:p@/ ALLOWED DIRECT except /prod'], 'decide svc:a perm:p @/prod': 'DENIED' },
  },
  {
    name: 'one fact that two sources state holds while one of them does',
    estate: [
      `svc:a has role:r@/ as first grants perm:p
       svc:a has role:r@/ as second`,
      'no svc:a has role:r@/ as first',
      'no svc:a has role:r@/ as second',
    ],
    asks: {
      'decide svc:a perm:p revision 1': 'ALLOWED',
      'decide svc:a perm:p revision 2': 'ALLOWED',
      'decide svc:a perm:p revision 3': 'NOT_GRANTED',
    },
  },
  {
    name: 'a catalogue that is imported again leaves a mapping’s equal grant standing',
    estate: [
      `svc:a has role:r@/ grants perm:p as catalogue grants perm:p as mapping`,
      'no role:r grants perm:p as catalogue',
    ],
    asks: { 'decide svc:a perm:p': 'ALLOWED', 'paths svc:a perm:p': ['svc:a > role:r@/ > perm:p LIVE'] },
  },
  {
    name: 'owning confers nothing',
    estate: `usr:owner owns svc:a has role:r@/ grants perm:p
             usr:owner owns role:r`,
    asks: { 'rows usr:owner': [], 'who perm:p': ['svc:a ALLOWED'] },
  },
];
