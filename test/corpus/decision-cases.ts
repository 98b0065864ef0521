import type { AccessCase } from './access-case.js';

/** The table of decisions, line by line, and how denies are inherited. */
export const decisionCases: readonly AccessCase[] = [
  {
    name: 'an unconditional deny beats every allow',
    estate: `svc:a has role:giver@/ grants perm:p
             svc:a has role:taker@/ denies perm:p`,
    asks: { 'decide svc:a perm:p': 'DENIED', 'rows svc:a': ['perm:p@/ DENIED DIRECT'], 'who perm:p @/': [] },
  },
  {
    name: 'an unconditional deny is told as denied even where nothing allows',
    estate: 'svc:a has role:taker@/ denies perm:p',
    asks: { 'decide svc:a perm:p': 'DENIED', 'rows svc:a': [] },
  },
  {
    name: 'without an allow nothing is granted',
    estate: `svc:a has role:r@/ grants perm:p
             svc:b has role:s@/ grants perm:q`,
    asks: { 'decide svc:a perm:q': 'NOT_GRANTED', 'who perm:q @/': ['svc:b ALLOWED'] },
  },
  {
    name: 'a conditional deny without an allow grants nothing',
    estate: 'svc:a has role:taker@/ if ?maybe denies perm:p',
    asks: { 'decide svc:a perm:p': 'NOT_GRANTED' },
  },
  {
    name: 'a conditional deny makes an unconditional allow conditional',
    estate: `svc:a has role:giver@/ grants perm:p
             svc:a has role:taker@/ if ?maybe denies perm:p`,
    asks: { 'decide svc:a perm:p': 'CONDITIONAL', 'rows svc:a': ['perm:p@/ CONDITIONAL DIRECT'] },
  },
  {
    name: 'a conditional deny makes a conditional allow conditional',
    estate: `svc:a has role:giver@/ if ?sometimes grants perm:p
             svc:a has role:taker@/ if ?maybe denies perm:p`,
    asks: { 'decide svc:a perm:p': 'CONDITIONAL' },
  },
  {
    name: 'an unconditional allow makes up for a conditional one',
    estate: `svc:a has role:strict@/ if ?sometimes grants perm:p
             svc:a has role:loose@/ grants perm:p`,
    asks: { 'decide svc:a perm:p': 'ALLOWED', 'rows svc:a': ['perm:p@/ ALLOWED DIRECT'] },
  },
  {
    name: 'an allow with a condition on its binding or on its grant is conditional',
    estate: `svc:a has role:bound@/ if ?sometimes grants perm:p
             svc:b has role:granted@/ grants perm:p if ?sometimes`,
    asks: { 'who perm:p @/': ['svc:a CONDITIONAL', 'svc:b CONDITIONAL'] },
  },
  {
    name: 'a deny through a third, nested group on the parent resource beats allows through two groups',
    estate: `svc:a in group:g1 has role:giver@/prod/db grants perm:p
             svc:a in group:g2 has role:giver@/prod/db
             svc:a in group:g3 in group:g4 has role:taker@/prod denies perm:p`,
    asks: {
      'decide svc:a perm:p @/prod/db': 'DENIED',
      'rows svc:a': ['perm:p@/prod/db DENIED INHERITED'],
      'paths svc:a perm:p @/prod/db': [
        'svc:a > svc:a.idp > group:g1 > role:giver@/prod/db > perm:p OVERRIDDEN by svc:a > svc:a.idp > group:g3 > group:g4 > role:taker@/prod > perm:p',
        'svc:a > svc:a.idp > group:g2 > role:giver@/prod/db > perm:p OVERRIDDEN by svc:a > svc:a.idp > group:g3 > group:g4 > role:taker@/prod > perm:p',
      ],
      'paths svc:a perm:p @/prod/db not-overridden': [],
      'denies svc:a perm:p @/prod/db': [
        'DENIED',
        'svc:a > svc:a.idp > group:g3 > group:g4 > role:taker@/prod > perm:p',
      ],
    },
  },
  {
    name: 'nothing more specific overrides a deny: an allow inside a denied resource stays denied',
    estate: `svc:a in group:g has role:taker@/ denies perm:p
             svc:a has role:giver@/prod/db grants perm:p`,
    asks: { 'decide svc:a perm:p @/prod/db': 'DENIED', 'rows svc:a': ['perm:p@/prod/db DENIED DIRECT'] },
  },
  {
    name: 'a deny inside does not reach the resource that contains it, nor its neighbours',
    estate: `svc:a has role:giver@/ grants perm:p
             svc:a has role:taker@/test denies perm:p
             svc:b has role:other@/prod/db`,
    asks: {
      'decide svc:a perm:p @/': 'ALLOWED',
      'decide svc:a perm:p @/prod/db': 'ALLOWED',
      'decide svc:a perm:p @/test': 'DENIED',
    },
  },
  {
    name: 'allows less denies of the same actions is the difference, and a later action appears by itself',
    estate: [
      `svc:a has role:dba@/ grants perm:db.read grants perm:db.drop
       svc:a has role:careful@/ denies perm:db.drop`,
      'role:dba grants perm:db.vacuum',
    ],
    asks: {
      'rows svc:a revision 1': ['perm:db.drop@/ DENIED DIRECT', 'perm:db.read@/ ALLOWED DIRECT'],
      'rows svc:a': [
        'perm:db.drop@/ DENIED DIRECT',
        'perm:db.read@/ ALLOWED DIRECT',
        'perm:db.vacuum@/ ALLOWED DIRECT',
      ],
    },
  },
  {
    name: 'a deny of one permission leaves the others of the role alone',
    estate: `svc:a has role:giver@/ grants perm:p grants perm:q
             svc:a has role:taker@/ denies perm:q`,
    asks: { 'decide svc:a perm:p': 'ALLOWED', 'decide svc:a perm:q': 'DENIED' },
  },
  {
    name: 'losing a deny adds access',
    estate: [
      `svc:a has role:giver@/ grants perm:p
       svc:a in group:g has role:taker@/ denies perm:p`,
      'group:g disabled',
    ],
    asks: { 'decide svc:a perm:p revision 1': 'DENIED', 'decide svc:a perm:p': 'ALLOWED' },
  },
  {
    name: 'a role that allows and denies one permission denies it',
    estate: 'svc:a has role:r@/ grants perm:p denies perm:p',
    asks: { 'decide svc:a perm:p': 'DENIED' },
  },
  {
    name: 'a resource of another application is refused, and what does not exist is not found',
    estate: `svc:a has role:r@/ grants perm:p
             perm:y of app:crm
             svc:b has role:x@crm:/ of app:crm grants perm:y`,
    asks: {
      'decide svc:a perm:p @crm:/': 'INVALID',
      'decide svc:none perm:p': 'NOT_FOUND',
      'decide svc:a perm:none': 'NOT_FOUND',
      'decide svc:a perm:p @/none': 'NOT_FOUND',
      'decide role:r perm:p': 'NOT_FOUND',
      'rows svc:none': 'NOT_FOUND',
      'who perm:none': 'NOT_FOUND',
    },
  },
  {
    name: 'without knowledge of the state nobody knows, wherever there would be an allow',
    estate: `svc:a is UNKNOWN
             svc:a has role:r@/prod grants perm:p
             svc:a has role:s@/ denies perm:q
             svc:b has role:t@/ grants perm:q`,
    asks: {
      'decide svc:a perm:p @/prod': 'UNKNOWN UNKNOWN_STATE',
      'decide svc:a perm:p @/': 'NOT_GRANTED',
      'decide svc:a perm:q @/': 'DENIED',
      'who perm:p @/prod': ['svc:a UNKNOWN'],
      'who perm:p @/prod assume': ['svc:a UNKNOWN'],
    },
  },
];
