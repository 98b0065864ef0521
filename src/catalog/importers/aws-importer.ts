import { fold } from '../../graph/text.js';
import type { Issue } from '../../kernel/errors.js';
import { type AwsExport, policyNameOf, writeAccounts } from './aws-account.js';
import type { PolicyRole } from './aws-estate.js';
import { type AccountDetails, type AwsAction, type ManagedPolicy, readAwsFile } from './aws-files.js';
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
  readonly description?: string | undefined;
  readonly deprecated: boolean;
  readonly document: PolicyDocument;
  readonly file: string;
  readonly path: readonly PropertyKey[];
}

/** Lists of actions, of managed policies, and accounts' authorization details: `docs/importers/aws.md`. */
export function createAwsImporter(): PlatformImporter {
  const actions = new Map<string, AwsAction>();
  const policies = new Map<string, HeldPolicy>();
  const exports: AwsExport[] = [];
  const notes: Issue[] = [];

  return {
    add(file) {
      const read = readAwsFile(file);
      if (read.kind === 'actions') notes.push(...keepActions(read.actions, actions, file.name));
      if (read.kind === 'policies')
        // What an account holds of a policy is what is in force there.
        for (const [at, policy] of read.policies.entries())
          if (!policies.has(policy.arn)) policies.set(policy.arn, listedPolicy(policy, file.name, at));
      if (read.kind === 'account') {
        exports.push({ file: file.name, details: read.details });
        for (const policy of exportedPolicies(read.details, file.name)) policies.set(policy.arn, policy);
      }
    },
    finish(setting) {
      if (actions.size === 0) throw noActions();
      const managed = [...policies.values()].map((policy) => ({ policy, ...readHeld(policy, notes) }));
      const byArn = new Map(managed.map(({ policy, held }) => [policy.arn, held]));
      const own = new Map<string, RoleDraft>();
      const rows = createRowBook();
      writeAccounts(exports, {
        estate: { rows, assumeRoles: own, notes },
        policyOf: (arn) => byArn.get(arn),
        addPolicy: ({ name, statements }) =>
          own.set(name, { name, assignable: false, statements: [...toStatementDrafts(statements)] }),
        actions: [...actions.values()].map(({ action }) => action),
      });
      const classifier = createClassifier(setting.classification, { caseSensitive: false });
      const permissions = [...actions.values()].map(({ action, label }): PermissionDraft => {
        return { action, ...classifier.classify({ action, plane: 'CONTROL', label }) };
      });
      const roles = [...managed.map(({ role }) => role), ...own.values()];
      // "The prefix and the action name are case insensitive" (IAM JSON policy elements: Action).
      const content = { name: 'Amazon Web Services', caseSensitiveActions: false, permissions, roles };
      const all = [...notes, ...(exports.length > 0 ? exportNotes : []), ...classifier.notes()];
      return { catalogue: catalogueOf(setting, content), ...(exports.length > 0 && { rows: rows.rows() }), notes: all };
    },
  };
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
  const shown = { displayName, ...(description !== undefined && { description }), deprecated };
  return {
    held: { name, statements, isBoundary: false },
    role: { name, ...shown, statements: [...toStatementDrafts(statements)] },
  };
}

/** An action in two letter cases is one. */
function keepActions(found: readonly AwsAction[], actions: Map<string, AwsAction>, file: string): readonly Issue[] {
  return found.flatMap((each, at) => {
    const held = actions.get(fold(each.action));
    if (held === undefined) actions.set(fold(each.action), each);
    if (held === undefined || held.action === each.action) return [];
    return [
      {
        pointer: placeOf(file, [at]),
        code: 'LETTER_CASE',
        message: `\`${each.action}\` is \`${held.action}\` in other letters, and AWS does not tell them apart`,
        hint: 'nothing needs to be done',
      },
    ];
  });
}

function listedPolicy({ arn, name, deprecated, document }: ManagedPolicy, file: string, at: number): HeldPolicy {
  return { arn, displayName: name, deprecated, document, file, path: [at, 'document'] };
}

function exportedPolicies({ Policies }: AccountDetails, file: string): readonly HeldPolicy[] {
  return Policies.map((policy, at) => {
    const version = policy.PolicyVersionList.findIndex((each) => each.IsDefaultVersion);
    const document = policy.PolicyVersionList[version]?.Document;
    const path = ['Policies', at, 'PolicyVersionList', version, 'Document'];
    if (document === undefined)
      throw refusal(
        placeOf(file, ['Policies', at]),
        'NO_VERSION',
        `\`${policy.Arn}\` has no default version`,
        'export it again',
      );
    return {
      arn: policy.Arn,
      displayName: policy.PolicyName,
      description: policy.Description,
      deprecated: false,
      document,
      file,
      path,
    };
  });
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
