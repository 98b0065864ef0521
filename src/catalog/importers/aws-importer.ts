import { fold } from '../../graph/text.js';
import { assertNever } from '../../kernel/assert.js';
import type { Issue } from '../../kernel/errors.js';
import { type AwsAccounts, policyNameOf, writeAccounts } from './aws-account.js';
import type { PolicyRole } from './aws-estate.js';
import {
  type AwsAction,
  type AwsGroup,
  type AwsItem,
  type AwsPolicy,
  type AwsRole,
  type AwsUser,
  type ManagedPolicy,
  readAwsFile,
  type Stands,
} from './aws-files.js';
import { type PolicyDocument, readPolicy, toStatementDrafts } from './aws-statement.js';
import { createClassifier } from './classification.js';
import {
  catalogueOf,
  type PermissionDraft,
  type PlatformImporter,
  placeOf,
  type RoleDraft,
  refusal,
} from './platform-import.js';
import { createRowBook } from './row-book.js';

/** A managed policy as it is in force, and where it stands. */
interface HeldPolicy {
  readonly arn: string;
  readonly displayName: string;
  readonly description?: string | null | undefined;
  readonly deprecated: boolean;
  readonly document: PolicyDocument;
  readonly file: string;
  readonly path: readonly PropertyKey[];
}

/** What the files say so far. */
interface AwsContent {
  readonly actions: Map<string, AwsAction>;
  readonly policies: Map<string, HeldPolicy>;
  readonly accounts: AwsAccounts;
  readonly notes: Issue[];
}

/** Lists of actions, of managed policies, and accounts' authorization details: `docs/importers/aws.md`. */
export function createAwsImporter(): PlatformImporter {
  const content: AwsContent = {
    actions: new Map(),
    policies: new Map(),
    accounts: { users: new Map(), groups: new Map(), roles: new Map() },
    notes: [],
  };
  return {
    async add(file) {
      for await (const item of readAwsFile(file)) keep(item, content);
    },
    finish(setting) {
      const { actions, policies, accounts, notes } = content;
      if (actions.size === 0) throw noActions();
      const managed = [...policies.values()].map((policy) => ({ policy, ...readHeld(policy, notes) }));
      const byArn = new Map(managed.map(({ policy, held }) => [policy.arn, held]));
      const own = new Map<string, RoleDraft>();
      const places = new Map(managed.map(({ held }) => [held.name, held.place]));
      const rows = createRowBook();
      writeAccounts(accounts, {
        estate: { rows, assumeRoles: own, notes },
        policyOf: (arn) => byArn.get(arn),
        addPolicy({ name, statements, place }) {
          own.set(name, { name, assignable: false, statements: [...toStatementDrafts(statements)] });
          places.set(name, place);
        },
        actions: [...actions.values()].map(({ action }) => action),
        boundaries: new Map(),
      });
      const classifier = createClassifier(setting.classification, { caseSensitive: false });
      const permissions = [...actions.values()].map(({ action, label, place }): PermissionDraft => {
        return { action, ...classifier.classify({ action, plane: 'CONTROL', label, place }) };
      });
      const roles = [...managed.map(({ role }) => role), ...own.values()];
      const hasAccounts = Object.values(accounts).some(({ size }) => size > 0);
      return {
        // "The prefix and the action name are case insensitive" (IAM JSON policy elements: Action).
        catalogue: catalogueOf(setting, {
          name: 'Amazon Web Services',
          caseSensitiveActions: false,
          permissions,
          roles,
        }),
        places,
        ...(hasAccounts && { rows }),
        notes: [...notes, ...(hasAccounts ? exportNotes : []), ...classifier.notes()],
      };
    },
  };
}

function keep(item: AwsItem, { actions, policies, accounts, notes }: AwsContent): void {
  switch (item.kind) {
    case 'action':
      notes.push(...keepAction(item.action, actions));
      break;
    case 'listed':
      // What an account holds of a policy is what is in force there.
      if (!policies.has(item.policy.arn)) policies.set(item.policy.arn, listedPolicy(item.policy));
      break;
    case 'Policies':
      policies.set(item.item.Arn, exportedPolicy(item.item));
      break;
    case 'UserDetailList':
      keepOnce(accounts.users, item.item);
      break;
    case 'GroupDetailList':
      keepOnce(accounts.groups, item.item);
      break;
    case 'RoleDetailList':
      keepOnce(accounts.roles, item.item);
      break;
    default:
      assertNever(item);
  }
}

/** @throws GraphError INVALID: two exports of one account may differ */
function keepOnce<Holder extends AwsUser | AwsGroup | AwsRole>(held: Map<string, Holder>, holder: Holder): void {
  const other = held.get(holder.Arn);
  if (other !== undefined)
    throw refusal(
      placeOf(holder.file, holder.path),
      'DUPLICATE',
      `\`${holder.Arn}\` stands at \`${placeOf(other.file, other.path)}\` already`,
      'send one export of each account',
    );
  held.set(holder.Arn, holder);
}

function noActions() {
  const message = 'no list of actions is among the files, so that no pattern can be expanded';
  return refusal('', 'NO_ACTIONS', message, 'send one along; docs/importers/aws.md says where to get it');
}

function readHeld(
  { arn, document, file, path, displayName, description, deprecated }: HeldPolicy,
  notes: Issue[],
): { readonly held: PolicyRole; readonly role: RoleDraft } {
  const { statements, notes: found } = readPolicy(document, file, path);
  notes.push(...found);
  const name = policyNameOf(arn);
  const shown = { displayName, ...(description && { description }), deprecated };
  return {
    held: { name, statements, isBoundary: false, place: placeOf(file, path) },
    role: { name, ...shown, statements: [...toStatementDrafts(statements)] },
  };
}

/** An action in two letter cases is one. */
function keepAction(found: AwsAction, actions: Map<string, AwsAction>): readonly Issue[] {
  const held = actions.get(fold(found.action));
  if (held === undefined) actions.set(fold(found.action), found);
  if (held === undefined || held.action === found.action) return [];
  return [
    {
      pointer: found.place,
      code: 'LETTER_CASE',
      message: `\`${found.action}\` is \`${held.action}\` in other letters, and AWS does not tell them apart`,
      hint: 'nothing needs to be done',
    },
  ];
}

function listedPolicy({ arn, name, deprecated, document, file, path }: ManagedPolicy & Stands): HeldPolicy {
  return { arn, displayName: name, deprecated, document, file, path: [...path, 'document'] };
}

function exportedPolicy({ Arn, PolicyName, Description, PolicyVersionList, file, path }: AwsPolicy): HeldPolicy {
  const version = PolicyVersionList.findIndex((each) => each.IsDefaultVersion);
  const document = PolicyVersionList[version]?.Document;
  if (document === undefined)
    throw refusal(placeOf(file, path), 'NO_VERSION', `\`${Arn}\` has no default version`, 'export it again');
  return {
    arn: Arn,
    displayName: PolicyName,
    description: Description,
    deprecated: false,
    document,
    file,
    path: [...path, 'PolicyVersionList', version, 'Document'],
  };
}

/** What no export of an account says, though it changes what its principals may do. */
const exportNotes: readonly Issue[] = [
  {
    pointer: '',
    code: 'NOT_IN_EXPORT',
    message: 'policies of organisations, resources and sessions, and the root user, are in no such export',
    hint: 'read access as what identity policies and boundaries leave; docs/importers/aws.md says more',
  },
  {
    pointer: '',
    code: 'ASSUMED_TYPE',
    message: 'users of IAM are taken for service accounts: the export does not say who is a person',
    hint: 'set the source’s classification where people have users of IAM',
  },
];
