import type { AccessCase } from './access-case.js';

/** Acting as another identity. */
export const assumeCases: readonly AccessCase[] = [
  {
    name: 'who can act as another reaches what the other has, apart from its own and only when asked for',
    estate: `usr:a can-act-as svc:j has role:r@/ grants perm:p
             usr:a has role:s@/ grants perm:q`,
    asks: {
      'rows usr:a': ['perm:q@/ ALLOWED DIRECT'],
      'rows usr:a assume': ['perm:p@/ ALLOWED VIA_ASSUME', 'perm:q@/ ALLOWED DIRECT'],
      'decide usr:a perm:p': 'NOT_GRANTED',
      'paths usr:a perm:p assume': ['usr:a > svc:j > role:r@/ > perm:p LIVE'],
      'paths usr:a perm:p': [],
      'who perm:p @/': ['svc:j ALLOWED'],
      'who perm:p @/ assume': ['svc:j ALLOWED', 'usr:a ALLOWED'],
    },
  },
  {
    name: 'a chain of hops reaches on, and a ring of hops ends',
    estate: `usr:a can-act-as svc:j can-act-as svc:k can-act-as usr:a
             svc:k has role:r@/ grants perm:p`,
    asks: {
      'rows usr:a assume': ['perm:p@/ ALLOWED VIA_ASSUME'],
      'paths usr:a perm:p assume': ['usr:a > svc:j > svc:k > role:r@/ > perm:p LIVE'],
    },
  },
  {
    name: 'acting as oneself, or as another who can act as oneself, reaches nothing by acting',
    estate: `svc:a has role:r@/ grants perm:p
             svc:a can-act-as svc:a
             svc:b has role:s@/ grants perm:q
             svc:b can-act-as svc:c can-act-as svc:b
             svc:d has role:t@/ grants perm:r
             svc:d can-act-as svc:d within /d`,
    asks: {
      'rows svc:a assume': ['perm:p@/ ALLOWED DIRECT'],
      'rows svc:b assume': ['perm:q@/ ALLOWED DIRECT'],
      'rows svc:c assume': ['perm:q@/ ALLOWED VIA_ASSUME'],
      'rows svc:d assume': ['perm:r@/ ALLOWED DIRECT'],
      'summary svc:a': ['total 1', 'tier 3 direct 1'],
      'summary svc:b': ['total 1', 'tier 3 direct 1'],
      'summary svc:c': ['tier 3 viaAssume 1'],
      'summary svc:d': ['total 1', 'tier 3 direct 1'],
    },
  },
  {
    name: 'a role that may act as another reaches it where the other lives, not where it administers',
    estate: `usr:in-a has role:impersonator@/a
             usr:in-b has role:impersonator@/b
             role:impersonator can-act-as svc:j at /a
             svc:j has role:admin@/b grants perm:p`,
    asks: {
      'rows usr:in-a assume': ['perm:p@/b ALLOWED VIA_ASSUME'],
      'rows usr:in-b assume': [],
      'who perm:p @/b assume': ['svc:j ALLOWED', 'usr:in-a ALLOWED'],
    },
  },
  {
    name: 'a conditional binding makes what is reached by acting conditional',
    estate: `usr:a has role:impersonator@/ if ?sometimes can-act-as svc:j at /
             svc:j has role:admin@/ grants perm:p`,
    asks: { 'rows usr:a assume': ['perm:p@/ CONDITIONAL VIA_ASSUME'] },
  },
  {
    name: 'what acting is narrowed to narrows the rows',
    estate: `usr:a can-act-as svc:j within /prod
             svc:j has role:wide@/ grants perm:p
             svc:j has role:narrow@/prod/db grants perm:q
             svc:j has role:beside@/test grants perm:r`,
    asks: {
      'rows usr:a assume': ['perm:p@/prod ALLOWED VIA_ASSUME', 'perm:q@/prod/db ALLOWED VIA_ASSUME'],
      'paths usr:a perm:p @/prod/db assume': ['usr:a > svc:j > role:wide@/ > perm:p LIVE'],
      'paths usr:a perm:p @/test assume': [],
    },
  },
  {
    name: 'a deny on acting as another leaves no path through it',
    estate: `usr:admin in group:admins can-act-as svc:y has role:r@/ grants perm:p
             usr:admin cannot-act-as svc:y`,
    asks: {
      'rows usr:admin assume': [],
      'paths usr:admin perm:p assume': [],
      'who perm:p @/ assume': ['svc:y ALLOWED'],
    },
  },
  {
    name: 'a deny on acting as Y does not stop X from acting as Y once one acts as X',
    estate: `usr:i can-act-as svc:x can-act-as svc:y has role:r@/ grants perm:p
             usr:i cannot-act-as svc:y`,
    asks: { 'paths usr:i perm:p assume': ['usr:i > svc:x > svc:y > role:r@/ > perm:p LIVE'] },
  },
  {
    name: 'a path through acting may meet a group again as somebody else, though one is denied oneself',
    estate: `usr:i in group:g can-act-as svc:j in group:g has role:r@/ grants perm:p
             usr:i has role:taker@/ denies perm:p`,
    asks: {
      'decide usr:i perm:p': 'DENIED',
      'rows usr:i assume': ['perm:p@/ ALLOWED INHERITED+VIA_ASSUME'],
      'paths usr:i perm:p assume': [
        'usr:i > usr:i.idp > group:g > role:r@/ > perm:p OVERRIDDEN by usr:i > role:taker@/ > perm:p',
        'usr:i > usr:i.idp > group:g > svc:j > svc:j.idp > group:g > role:r@/ > perm:p LIVE',
      ],
    },
  },
  {
    name: 'nothing is gained by acting as who is not active, or where the right is eligible or over',
    estate: `usr:a can-act-as svc:suspended has role:r@/ grants perm:p
             svc:suspended is SUSPENDED
             usr:b can-act-as svc:j eligible
             usr:c can-act-as svc:j until 10
             svc:j has role:r@/`,
    asks: { 'who perm:p @/ assume': ['svc:j ALLOWED'] },
  },
  {
    name: 'acting on behalf of another is the lower of the two decisions, and nothing without the hop',
    estate: `agent:x can-act-as usr:p on-behalf
             agent:x has role:tool@/ grants perm:p grants perm:q grants perm:r
             usr:p has role:person@/ grants perm:p grants perm:s
             usr:p has role:sometimes@/ if ?maybe grants perm:q
             usr:p has role:never@/ denies perm:r`,
    asks: {
      'decide agent:x perm:p for usr:p': 'ALLOWED',
      'decide agent:x perm:q for usr:p': 'CONDITIONAL',
      'decide agent:x perm:r for usr:p': 'DENIED',
      'decide agent:x perm:s for usr:p': 'NOT_GRANTED',
      'decide usr:p perm:p for agent:x': 'NOT_GRANTED',
      'rows agent:x assume': ['perm:p@/ ALLOWED DIRECT', 'perm:q@/ ALLOWED DIRECT', 'perm:r@/ ALLOWED DIRECT'],
    },
  },
  {
    name: 'a right to act on behalf holds within a resource, and a deny of the same mode takes it away there',
    estate: `agent:x can-act-as usr:p on-behalf within /prod
             agent:y can-act-as usr:p on-behalf
             agent:y cannot-act-as usr:p on-behalf within /prod
             agent:z can-act-as usr:p on-behalf
             agent:z cannot-act-as usr:p within /prod
             agent:x has role:r@/ grants perm:p
             agent:y has role:r@/
             agent:z has role:r@/
             usr:p has role:r@/
             svc:other has role:r@/prod/db
             svc:other has role:r@/test`,
    asks: {
      'decide agent:x perm:p @/prod/db for usr:p': 'ALLOWED',
      'decide agent:x perm:p @/test for usr:p': 'NOT_GRANTED',
      'decide agent:x perm:p @/ for usr:p': 'NOT_GRANTED',
      'decide agent:y perm:p @/prod/db for usr:p': 'NOT_GRANTED',
      'decide agent:y perm:p @/test for usr:p': 'ALLOWED',
      'decide agent:z perm:p @/prod/db for usr:p': 'ALLOWED',
    },
  },
  {
    name: 'a role that may act on behalf does so where the other lives; in doubt where its binding is',
    estate: `agent:x has role:helper@/a can-act-as usr:p on-behalf at /a
             agent:y has role:helper@/b
             agent:z has role:helper@/ if env=prod
             agent:x has role:r@/ grants perm:p
             agent:y has role:r@/
             agent:z has role:r@/
             usr:p has role:r@/`,
    asks: {
      'decide agent:x perm:p for usr:p': 'ALLOWED',
      'decide agent:y perm:p for usr:p': 'NOT_GRANTED',
      'decide agent:z perm:p for usr:p': 'CONDITIONAL',
      'decide agent:z perm:p for usr:p with env=prod': 'ALLOWED',
      'decide agent:z perm:p for usr:p with env=test': 'NOT_GRANTED',
    },
  },
  {
    name: 'of whom nobody knows the state nobody can act, nor anybody as them',
    estate: `agent:x can-act-as usr:p on-behalf
             agent:x has role:r@/ grants perm:p
             usr:p has role:r@/
             usr:p is UNKNOWN
             usr:b can-act-as svc:k
             svc:k has role:r@/
             svc:k is UNKNOWN`,
    asks: {
      'decide agent:x perm:p for usr:p': 'NOT_GRANTED',
      'rows usr:b assume': [],
    },
  },
  {
    name: 'whether somebody of unknown state may act on behalf is unknown, where all else would allow it',
    estate: `agent:x is UNKNOWN
             agent:x can-act-as usr:p on-behalf
             agent:x has role:r@/ grants perm:p grants perm:q
             agent:y is UNKNOWN
             agent:y can-act-as usr:p on-behalf
             agent:y cannot-act-as usr:p on-behalf
             agent:y has role:r@/
             agent:z is UNKNOWN
             agent:z has role:r@/
             agent:w is UNKNOWN
             agent:w in group:g can-act-as agent:w on-behalf
             agent:w has role:r@/
             usr:p has role:s@/ grants perm:p`,
    asks: {
      'decide agent:x perm:p for usr:p': 'UNKNOWN UNKNOWN_STATE',
      'decide agent:x perm:q for usr:p': 'NOT_GRANTED',
      'decide agent:y perm:p for usr:p': 'UNKNOWN UNKNOWN_STATE',
      'decide agent:z perm:p for usr:p': 'NOT_GRANTED',
      'decide agent:w perm:p for agent:w': 'NOT_GRANTED',
    },
  },
  {
    name: 'a near miss never goes through acting as another, whatever stops that edge',
    estate: `usr:a can-act-as svc:j eligible has role:r@/ grants perm:p
             usr:b cannot-act-as svc:j until 10
             usr:c can-act-as svc:j on-behalf from 90
             usr:d has role:s@/ can-act-as svc:j at / eligible`,
    asks: {
      'why-not usr:a perm:p': [],
      'why-not usr:b perm:p': [],
      'why-not usr:c perm:p': [],
      'why-not usr:d perm:p': [],
      'why-not svc:j perm:p': ['svc:j > role:r@/ > perm:p:  -> ALLOWED'],
    },
  },
  {
    name: 'impersonation is no right to act on behalf',
    estate: `usr:a can-act-as svc:j
             usr:a has role:r@/ grants perm:p
             svc:j has role:r@/`,
    asks: { 'decide usr:a perm:p for svc:j': 'NOT_GRANTED' },
  },
];
