import type { AccessCase } from './access-case.js';

/** Scopes, exceptions within them, and grants that speak of some resources only. */
export const scopeCases: readonly AccessCase[] = [
  {
    name: 'a grant at a resource holds there and below, not above or beside',
    estate: `svc:a has role:r@/prod grants perm:p
             svc:b has role:s@/prod/db/main
             svc:b has role:s@/test`,
    asks: {
      'decide svc:a perm:p @/prod': 'ALLOWED',
      'decide svc:a perm:p @/prod/db/main': 'ALLOWED',
      'decide svc:a perm:p @/': 'NOT_GRANTED',
      'decide svc:a perm:p @/test': 'NOT_GRANTED',
    },
  },
  {
    name: 'one junior role reached from two bindings gives both scopes',
    estate: `svc:a has role:lead@/prod inherits role:reader grants perm:read
             svc:a has role:auditor@/test inherits role:reader`,
    asks: {
      'rows svc:a': ['perm:read@/prod ALLOWED INHERITED', 'perm:read@/test ALLOWED INHERITED'],
      'who perm:read': ['svc:a ALLOWED'],
    },
  },
  {
    name: 'who is denied at one scope may still be allowed in doubt at another',
    estate: `svc:a has role:r@/prod grants perm:p
             svc:a has role:r@/ if env=prod
             role:r denies perm:p`,
    asks: {
      'rows svc:a': ['perm:p@/ CONDITIONAL DIRECT except /prod', 'perm:p@/prod DENIED DIRECT'],
      'who perm:p': ['svc:a CONDITIONAL'],
    },
  },
  {
    name: 'a deny inside an allow is an exception of its row',
    estate: `svc:a has role:giver@/ grants perm:p
             svc:a has role:taker@/test denies perm:p
             svc:b has role:other@/test/x`,
    asks: {
      'rows svc:a': ['perm:p@/ ALLOWED DIRECT except /test'],
      'decide svc:a perm:p @/test/x': 'DENIED',
      'decide svc:a perm:p @/': 'ALLOWED',
    },
  },
  {
    name: 'an exception inside an unconditional exception is not told',
    estate: `svc:a has role:giver@/ grants perm:p
             svc:a has role:taker@/test denies perm:p
             svc:a has role:taker@/test/x
             svc:a has role:perhaps@/test/y if ?maybe denies perm:p`,
    asks: { 'rows svc:a': ['perm:p@/ ALLOWED DIRECT except /test'] },
  },
  {
    name: 'an exception inside a conditional exception is told beside it',
    estate: `svc:a has role:giver@/ grants perm:p
             svc:a has role:perhaps@/test if ?maybe denies perm:p
             svc:a has role:taker@/test/x denies perm:p`,
    asks: {
      'rows svc:a': ['perm:p@/ ALLOWED DIRECT except /test? /test/x'],
      'decide svc:a perm:p @/test': 'CONDITIONAL',
      'decide svc:a perm:p @/test/x': 'DENIED',
    },
  },
  {
    name: 'an exception that is both conditional and not is unconditional',
    estate: `svc:a has role:giver@/ grants perm:p
             svc:a has role:perhaps@/test if ?maybe denies perm:p
             svc:a has role:taker@/test denies perm:p`,
    asks: { 'rows svc:a': ['perm:p@/ ALLOWED DIRECT except /test'] },
  },
  {
    name: 'the same role at 91 scopes, assigned at 3, gives exactly 3',
    estate: [
      ...Array.from(
        { length: 91 },
        (_, number) => `svc:other has role:admin@/project${number + 1} grants perm:administer`,
      ),
      'svc:a has role:admin@/project7',
      'svc:a has role:admin@/project8',
      'svc:a has role:admin@/project9',
    ].join('\n'),
    asks: {
      'rows svc:a': [
        'perm:administer@/project7 ALLOWED DIRECT',
        'perm:administer@/project8 ALLOWED DIRECT',
        'perm:administer@/project9 ALLOWED DIRECT',
      ],
      'decide svc:a perm:administer @/project10': 'NOT_GRANTED',
      'who perm:administer @/project8': ['svc:a ALLOWED', 'svc:other ALLOWED'],
      'who perm:administer @/project10': ['svc:other ALLOWED'],
    },
  },
  {
    name: 'a deny that names some resources only is conditional above, denies inside and does nothing outside',
    estate: `svc:a has role:giver@/ grants perm:tag
             svc:a has role:taker@/ denies perm:tag on /instance/*
             svc:b has role:other@/instance/i1
             svc:b has role:other@/volume/v1`,
    asks: {
      'decide svc:a perm:tag @/': 'CONDITIONAL',
      'decide svc:a perm:tag @/instance': 'CONDITIONAL',
      'decide svc:a perm:tag @/instance/i1': 'DENIED',
      'decide svc:a perm:tag @/volume/v1': 'ALLOWED',
    },
  },
  {
    name: 'an allow that names some resources only is conditional above, allows inside and does nothing outside',
    estate: `svc:a has role:giver@/ grants perm:tag on /instance/*
             svc:b has role:other@/instance/i1/disk
             svc:b has role:other@/volume/v1`,
    asks: {
      'decide svc:a perm:tag @/': 'CONDITIONAL',
      'decide svc:a perm:tag @/instance/i1': 'ALLOWED',
      'decide svc:a perm:tag @/instance/i1/disk': 'ALLOWED',
      'decide svc:a perm:tag @/volume/v1': 'NOT_GRANTED',
      'rows svc:a': ['perm:tag@/ CONDITIONAL DIRECT'],
    },
  },
  {
    name: 'an allow of all but some resources is the other way round',
    estate: `svc:a has role:giver@/ grants perm:tag not-on /instance/*
             svc:b has role:other@/instance/i1
             svc:b has role:other@/volume/v1`,
    asks: {
      'decide svc:a perm:tag @/': 'CONDITIONAL',
      'decide svc:a perm:tag @/instance/i1': 'NOT_GRANTED',
      'decide svc:a perm:tag @/volume/v1': 'ALLOWED',
    },
  },
  {
    name: 'a grant whose pattern lies outside its scope gives no row',
    estate: 'svc:a has role:giver@/volume grants perm:tag on /instance/*',
    asks: { 'rows svc:a': [], 'paths svc:a perm:tag': [], 'decide svc:a perm:tag @/volume': 'NOT_GRANTED' },
  },
  {
    name: 'a role of two statements is their union: an exclusion in one takes nothing from the other',
    estate: `svc:a has role:power@/ grants perm:ec2.run as everything grants perm:iam.list-users as listing
             svc:b has role:root@/ grants perm:iam.delete-user`,
    asks: {
      'decide svc:a perm:iam.list-users': 'ALLOWED',
      'decide svc:a perm:ec2.run': 'ALLOWED',
      'decide svc:a perm:iam.delete-user': 'NOT_GRANTED',
    },
  },
  {
    name: 'a permission of the data plane is another one than that of the control plane',
    estate: `svc:a has role:owner@/ grants perm:blobs.manage
             svc:b has role:reader@/ grants perm:blobs.read`,
    asks: { 'decide svc:a perm:blobs.read': 'NOT_GRANTED', 'decide svc:b perm:blobs.read': 'ALLOWED' },
  },
  {
    name: 'at a resource the highest of the rows counts, each lowered by its own exception',
    estate: `svc:a has role:giver@/ if ?sometimes grants perm:p
             svc:a has role:sure@/prod grants perm:p
             svc:a has role:perhaps@/prod/db if ?maybe denies perm:p`,
    asks: {
      'rows svc:a': ['perm:p@/ CONDITIONAL DIRECT except /prod/db?', 'perm:p@/prod ALLOWED DIRECT except /prod/db?'],
      'decide svc:a perm:p @/prod': 'ALLOWED',
      'decide svc:a perm:p @/prod/db': 'CONDITIONAL',
    },
  },
];
