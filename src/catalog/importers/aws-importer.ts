import { fold } from '../../graph/text.js';
import type { Issue } from '../../kernel/errors.js';
import { type AccountSetting, type AwsExport, policyNameOf, writeAccounts } from './aws-account.js';
import type { PolicyRole } from './aws-estate.js';
import { type AccountDetails, type AwsAction, type ManagedPolicy, readAwsFile } from './aws-files.js';
import { type PolicyDocument, readPolicy, toStatementDrafts } from './aws-statement.js';
import { type Classification, createClassifier } from './classification.js';
import {
  type CatalogueDraft,
  type PermissionDraft,
  type PlatformImporter,
  type PlatformSetting,
  placeOf,
  type RoleDraft,
  refusal,
  versionOf,
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
export function createAwsImporter(setting: PlatformSetting, classification: Classification): PlatformImporter {
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
    finish() {
      if (actions.size === 0)
        throw refusal(
          '',
          'NO_ACTIONS',
          'no list of actions is among the files, so no pattern can be expanded',
          'send one along',
        );
      const roles = new Map<string, RoleDraft>();
      const read = new Map<string, PolicyRole>();
      for (const policy of policies.values()) {
        const { statements, notes: found } = readPolicy(policy.document, policy.file, policy.path);
        notes.push(...found);
        const name = policyNameOf(policy.arn);
        read.set(policy.arn, { name, statements, isBoundary: false });
        const { displayName, description, deprecated } = policy;
        roles.set(name, {
          name,
          displayName,
          ...(description && { description }),
          deprecated,
          statements: [...toStatementDrafts(statements)],
        });
      }
      const rows = createRowBook();
      const assumeRoles = new Map<string, RoleDraft>();
      const accounts: AccountSetting = {
        estate: { rows, assumeRoles, notes },
        policyOf: (arn) => read.get(arn),
        addPolicy: ({ name, statements }) =>
          roles.set(name, { name, assignable: false, statements: [...toStatementDrafts(statements)] }),
        actions: [...actions.values()].map(({ action }) => action),
      };
      writeAccounts(exports, accounts);
      if (exports.length > 0) notes.push(...exportNotes());
      const classifier = createClassifier(classification, { caseSensitive: false });
      const permissions = [...actions.values()].map(({ action, label }): PermissionDraft => {
        return { action, ...classifier.classify({ action, plane: 'CONTROL', label }) };
      });
      const catalogue = catalogueOf(setting, permissions, [...roles.values(), ...assumeRoles.values()]);
      return { catalogue, ...(exports.length > 0 && { rows: rows.rows() }), notes: [...notes, ...classifier.notes()] };
    },
  };
}

function catalogueOf(
  { application }: PlatformSetting,
  permissions: PermissionDraft[],
  roles: RoleDraft[],
): CatalogueDraft {
  return {
    apiVersion: 'idgraph/v1',
    kind: 'Catalogue',
    application,
    name: 'Amazon Web Services',
    version: versionOf([permissions, roles]),
    // "The prefix and the action name are case insensitive" (IAM JSON policy elements: Action).
    caseSensitiveActions: false,
    permissions,
    roles,
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
function exportNotes(): readonly Issue[] {
  return [
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
}
