import type { AccessCase } from './access-case.js';

/** The order of paths, what narrows them, and the edge that brought the access. */
export const pathCases: readonly AccessCase[] = [
  {
    name: 'paths come by length, then by the ids of their nodes',
    estate: `svc:a in group:b has role:r@/ grants perm:p
             svc:a in group:a has role:s@/ grants perm:p
             svc:a has role:z@/ grants perm:p
             group:b has role:q@/ grants perm:p`,
    asks: {
      'paths svc:a perm:p pages': [
        'svc:a > role:z@/ > perm:p LIVE',
        'svc:a > svc:a.idp > group:a > role:s@/ > perm:p LIVE',
        'svc:a > svc:a.idp > group:b > role:q@/ > perm:p LIVE',
        'svc:a > svc:a.idp > group:b > role:r@/ > perm:p LIVE',
      ],
    },
  },
  {
    name: 'parallel edges are different paths',
    estate: `svc:a has role:r@/ as one grants perm:p
             svc:a has role:r@/ as two`,
    asks: { 'paths svc:a perm:p': ['svc:a > role:r@/ > perm:p LIVE', 'svc:a > role:r@/ > perm:p LIVE'] },
  },
  {
    name: 'a path holds at a resource that its scope contains',
    estate: `svc:a has role:r@/prod grants perm:p
             svc:a has role:r@/test
             svc:b has role:r@/prod/db`,
    asks: {
      'paths svc:a perm:p @/prod/db': ['svc:a > role:r@/prod > perm:p LIVE'],
      'paths svc:a perm:p @/': [],
    },
  },
  {
    name: 'a path is overridden at the resource asked about, not at its scope',
    estate: `svc:a has role:giver@/ grants perm:p
             svc:a has role:taker@/test denies perm:p`,
    asks: {
      'paths svc:a perm:p': ['svc:a > role:giver@/ > perm:p LIVE'],
      'paths svc:a perm:p @/test': ['svc:a > role:giver@/ > perm:p OVERRIDDEN by svc:a > role:taker@/test > perm:p'],
    },
  },
  {
    name: 'what narrows the listing of paths changes no decision',
    estate: `svc:a in group:g has role:r@/ grants perm:p
             svc:a in group:h has role:r@/`,
    asks: {
      'paths svc:a perm:p via group:g': ['svc:a > svc:a.idp > group:g > role:r@/ > perm:p LIVE'],
      'paths svc:a perm:p avoid group:g': ['svc:a > svc:a.idp > group:h > role:r@/ > perm:p LIVE'],
      'paths svc:a perm:p via group:none': 'NOT_FOUND',
      'paths svc:a perm:p avoid group:none': 'NOT_FOUND',
      'decide svc:a perm:p': 'ALLOWED',
    },
  },
  {
    name: 'what narrows the listing takes no override away: a deny over what is avoided still counts',
    estate: `svc:a has role:r@/ grants perm:p
             svc:a in group:d has role:never@/ denies perm:p
             svc:a in group:g has role:r@/`,
    asks: {
      'paths svc:a perm:p avoid group:d via role:r': [
        'svc:a > role:r@/ > perm:p OVERRIDDEN by svc:a > svc:a.idp > group:d > role:never@/ > perm:p',
        'svc:a > svc:a.idp > group:g > role:r@/ > perm:p OVERRIDDEN by svc:a > svc:a.idp > group:d > role:never@/ > perm:p',
      ],
      'paths svc:a perm:p kinds ASSIGNED,GRANTS': [
        'svc:a > role:r@/ > perm:p OVERRIDDEN by svc:a > svc:a.idp > group:d > role:never@/ > perm:p',
      ],
      'paths svc:a perm:p kinds ASSIGNED': [],
      'paths svc:a perm:p avoid svc:a': [],
      'paths svc:a perm:p avoid perm:p': [],
      'paths svc:a perm:p not-overridden': [],
      'decide svc:a perm:p': 'DENIED',
    },
  },
  {
    name: 'listings are narrowed by kind of permission, decision and origin, and what they count with them',
    estate: `perm:p tier 0
             perm:q tier 2
             perm:d data
             svc:a has role:r@/ grants perm:p
             svc:a in group:g has role:s@/ grants perm:q grants perm:d
             svc:a has role:t@/ denies perm:q`,
    asks: {
      'rows svc:a tier-at-most 1': ['perm:p@/ ALLOWED DIRECT'],
      'rows svc:a plane DATA': ['perm:d@/ ALLOWED INHERITED'],
      'rows svc:a decided DENIED': ['perm:q@/ DENIED INHERITED'],
      'rows svc:a from DIRECT': ['perm:p@/ ALLOWED DIRECT'],
      'rows svc:a inherited-only decided ALLOWED': ['perm:d@/ ALLOWED INHERITED'],
      'rows svc:a only perm:p,perm:d plane CONTROL': ['perm:p@/ ALLOWED DIRECT'],
      'rows svc:a in app:main classes ADMIN': [],
      'rows svc:a in app:none': 'NOT_FOUND',
    },
  },
  {
    name: 'a bound on length leaves out longer paths and says so',
    estate: `svc:a has role:r@/ grants perm:p
             svc:a in group:g has role:r@/`,
    asks: {
      'paths svc:a perm:p max 2': ['svc:a > role:r@/ > perm:p LIVE', 'incomplete: LIMIT'],
      'paths svc:a perm:p max 4': [
        'svc:a > role:r@/ > perm:p LIVE',
        'svc:a > svc:a.idp > group:g > role:r@/ > perm:p LIVE',
      ],
    },
  },
  {
    name: 'a bound on length cuts nothing that a filter leaves out anyhow',
    estate: `svc:a has role:r@/ grants perm:p
             svc:a in group:g has role:r@/
             svc:a in group:g in group:x has role:r@/
             group:x of tenant:globex
             group:h
             svc:b in group:g has role:s@/ grants perm:q`,
    asks: {
      'paths svc:a perm:p max 2 via group:g': ['incomplete: LIMIT'],
      'paths svc:a perm:p max 4 via group:x': ['incomplete: LIMIT'],
      'paths svc:a perm:p max 2 via group:h': [],
      'paths svc:a perm:p max 4 cross-tenant': ['incomplete: LIMIT'],
      'paths svc:b perm:q max 2 cross-tenant': [],
    },
  },
  {
    name: 'without what is needed the bringing edge is the first membership or assignment',
    estate: `svc:a in group:g in group:h has role:r@/ grants perm:p
             svc:a has role:r@/
             everyone:acme has role:r@/`,
    asks: {
      'bringing svc:a perm:p': [
        'svc:a > role:r structural',
        'everyone:acme > role:r structural',
        'svc:a.idp > group:g structural',
      ],
    },
  },
  {
    name: 'the bringing edge is the first whose target leads to nothing that is needed',
    estate: `svc:a in group:g in group:h has role:r@/ grants perm:p
             group:g has role:s@/ grants perm:q`,
    asks: {
      'bringing svc:a perm:p justified perm:q': ['group:g > group:h'],
      'bringing svc:a perm:p justified perm:p': ['svc:a.idp > group:g'],
    },
  },
  {
    name: 'where everything on the way is needed for something else, the grant itself is the bringing edge',
    estate: 'svc:a has role:r@/ grants perm:p grants perm:q',
    asks: { 'bringing svc:a perm:p justified perm:q': ['role:r > perm:p'] },
  },
  {
    name: 'a bringing edge below which a deny lies says that cutting it may also give',
    estate: `svc:a in group:g has role:r@/ grants perm:p
             group:g in group:h has role:t@/ denies perm:z`,
    asks: { 'bringing svc:a perm:p': ['svc:a.idp > group:g structural may give'] },
  },
  {
    name: 'the summary counts distinct permissions by tier and by how they are reached',
    estate: `svc:a in group:g has role:r@/ grants perm:one
             perm:one tier 0
             svc:a in group:g has role:r@/prod
             svc:a has role:s@/ grants perm:two
             perm:two tier 3
             svc:a has role:t@/ eligible grants perm:three
             svc:a can-act-as svc:j has role:u@/ grants perm:four
             perm:four tier 1`,
    asks: {
      'summary svc:a': [
        'eligible 1',
        'leastDepthToPrivileged 4',
        'privilegedInherited 1',
        'total 2',
        'tier 0 inherited 1',
        'tier 0 inheritedOnly 1',
        'tier 1 viaAssume 1',
        'tier 3 direct 1',
      ],
    },
  },
];
