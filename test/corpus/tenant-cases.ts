import type { AccessCase } from './access-case.js';

/** Edges across tenants, and what a caller may see of them. */
const crossing = `svc:a in group:shared of source:globex-idp has role:r@globex:main:/ grants perm:p
                  svc:b of tenant:globex in group:shared
                  svc:c has role:r@/`;

export const tenantCases: readonly AccessCase[] = [
  {
    name: 'access crosses tenants where edges do, and each tenant has a resource tree of its own',
    estate: crossing,
    asks: {
      'decide svc:a perm:p @globex:main:/': 'ALLOWED',
      'decide svc:a perm:p @/': 'NOT_GRANTED',
      'who perm:p @globex:main:/': ['svc:a ALLOWED', 'svc:b ALLOWED'],
      'who perm:p @/': ['svc:c ALLOWED'],
      'paths svc:a perm:p cross-tenant': ['svc:a > svc:a.idp > group:shared > role:r@globex:main:/ > perm:p LIVE'],
      'paths svc:c perm:p cross-tenant': [],
      'summary svc:a': ['crossTenant 1', 'total 1', 'tier 3 inherited 1', 'tier 3 inheritedOnly 1'],
    },
  },
  {
    name: 'a permission is reached across tenants where one way to it is, however many are not',
    estate: `svc:a in group:own has role:r@/prod grants perm:p
             svc:a in group:shared of source:globex-idp has role:r@/`,
    asks: { 'summary svc:a': ['crossTenant 1', 'total 1', 'tier 3 inherited 1', 'tier 3 inheritedOnly 1'] },
  },
  {
    name: 'a way across tenants and back counts, though no simple path takes it',
    estate: `svc:a in group:own has role:r@/ grants perm:p
             group:shared of tenant:globex
             group:own in group:shared in group:own`,
    asks: {
      'summary svc:a': ['crossTenant 1', 'total 1', 'tier 3 inherited 1', 'tier 3 inheritedOnly 1'],
      'paths svc:a perm:p cross-tenant': [],
    },
  },
  {
    name: 'a way across tenants that an application for direct members does not honour counts nothing',
    estate: `app:crm direct-members-only
             crm:/x
             role:c of app:crm
             perm:c of app:crm
             group:shared of tenant:globex
             svc:a in group:own has role:c@crm:/x grants perm:c
             svc:a in group:shared in group:own`,
    asks: { 'summary svc:a': ['total 1', 'tier 3 inherited 1', 'tier 3 inheritedOnly 1'] },
  },
  {
    name: 'a hop through a tenant that the caller may not see is redacted, and the decision is the same',
    estate: crossing,
    asks: {
      'paths svc:a perm:p seeing tenant:acme': ['svc:a > svc:a.idp > REDACTED > role:r@REDACTED > perm:p LIVE'],
      'rows svc:a seeing tenant:acme': ['incomplete: REDACTED'],
      'rows svc:c seeing tenant:acme': ['perm:p@/ ALLOWED DIRECT'],
    },
  },
  {
    name: 'members of a hidden tenant are hidden, and the list says so',
    estate: `${crossing}
             svc:a has role:r@/
             svc:b has role:r@/`,
    asks: {
      'who perm:p @/ seeing tenant:acme': ['svc:a ALLOWED', 'svc:c ALLOWED', 'incomplete: REDACTED'],
      'who perm:p @/ seeing tenant:acme,tenant:globex': ['svc:a ALLOWED', 'svc:b ALLOWED', 'svc:c ALLOWED'],
    },
  },
  {
    name: 'where something is held in a hidden tenant nothing is counted, in no tier either',
    estate: `${crossing}
             svc:a has role:r@/
             svc:d can-act-as svc:a`,
    asks: {
      'summary svc:a': ['crossTenant 1', 'total 1', 'tier 3 direct 1', 'tier 3 inherited 1'],
      'summary svc:a seeing tenant:acme': ['incomplete: REDACTED'],
      'summary svc:c seeing tenant:acme': ['total 1', 'tier 3 direct 1'],
      'summary svc:d seeing tenant:acme': ['incomplete: REDACTED'],
    },
  },
  {
    name: 'of what is latent or eligible in a hidden tenant there is no count, and there is one of the rest',
    estate: `svc:a has role:r@/ grants perm:p
             svc:a in group:off disabled has role:far@globex:main:/ grants perm:q
             svc:b has role:r@/
             svc:b has role:far@globex:main:/ eligible`,
    asks: {
      'summary svc:a': ['latent 1', 'total 1', 'tier 3 direct 1'],
      'summary svc:a seeing tenant:acme': ['total 1', 'tier 3 direct 1', 'incomplete: REDACTED'],
      'summary svc:b': ['eligible 1', 'total 1', 'tier 3 direct 1'],
      'summary svc:b seeing tenant:acme': ['total 1', 'tier 3 direct 1', 'incomplete: REDACTED'],
    },
  },
  {
    name: 'an id of a hidden tenant answers everywhere like an absent one',
    estate: crossing,
    asks: {
      'rows svc:b seeing tenant:acme': 'NOT_FOUND',
      'decide svc:b perm:p seeing tenant:acme': 'NOT_FOUND',
      'decide svc:a perm:p @globex:main:/ seeing tenant:acme': 'NOT_FOUND',
      'who perm:p @globex:main:/ seeing tenant:acme': 'NOT_FOUND',
      'paths svc:a perm:p via group:shared seeing tenant:acme': 'NOT_FOUND',
      'paths svc:a perm:p avoid group:shared seeing tenant:acme': 'NOT_FOUND',
      'why-not svc:b perm:p seeing tenant:acme': 'NOT_FOUND',
      'summary svc:b seeing tenant:acme': 'NOT_FOUND',
    },
  },
  {
    name: 'an unrelated tenant changes nothing',
    estate: [
      'svc:a has role:r@/ grants perm:p',
      `perm:y of app:far
       svc:x of tenant:other has role:s@other:far:/ of app:far grants perm:y`,
    ],
    asks: { 'rows svc:a': ['perm:p@/ ALLOWED DIRECT'], 'rows svc:a revision 1': ['perm:p@/ ALLOWED DIRECT'] },
  },
  {
    name: 'a tenant’s own role is assigned in that tenant and inherits shared ones',
    estate: `svc:b of tenant:globex has role:own@globex:main:/ of tenant:globex inherits role:shared grants perm:p`,
    asks: { 'rows svc:b': ['perm:p@globex:main:/ ALLOWED INHERITED'] },
  },
];
