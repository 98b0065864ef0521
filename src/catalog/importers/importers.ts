import { GraphError } from '../../kernel/errors.js';
import { maxDocumentBytes, parseDocumentText } from '../document-text.js';
import { createAwsImporter } from './aws-importer.js';
import { createAzureImporter } from './azure-importer.js';
import aws from './classes/aws.json' with { type: 'json' };
import azure from './classes/azure.json' with { type: 'json' };
import gcp from './classes/gcp.json' with { type: 'json' };
import keycloak from './classes/keycloak.json' with { type: 'json' };
import kubernetes from './classes/kubernetes.json' with { type: 'json' };
import { type Classification, classificationSchema, PLATFORM_FORMATS, type PlatformFormat } from './classification.js';
import { createGcpImporter } from './gcp-importer.js';
import { createKeycloakImporter } from './keycloak-importer.js';
import { createKubernetesImporter } from './kubernetes-importer.js';
import {
  type PlatformFile,
  type PlatformImport,
  type PlatformImporter,
  parseAs,
  refusal,
  refused,
} from './platform-import.js';
import { peekText, wholeText } from './read-values.js';

interface PlatformRow {
  readonly createImporter: () => PlatformImporter;
  /** Files without a role are a slip; of some platforms the permissions alone are worth importing. */
  readonly needsRoles: boolean;
  /** What the platform's permissions are taken for where the files bring no classification. */
  readonly classification: Classification;
}

/** The formats that can be imported. */
export const PLATFORMS: Readonly<Record<PlatformFormat, PlatformRow>> = {
  aws: { createImporter: createAwsImporter, needsRoles: false, classification: classificationSchema.parse(aws) },
  gcp: { createImporter: createGcpImporter, needsRoles: true, classification: classificationSchema.parse(gcp) },
  keycloak: {
    createImporter: createKeycloakImporter,
    needsRoles: false,
    classification: classificationSchema.parse(keycloak),
  },
  kubernetes: {
    createImporter: createKubernetesImporter,
    needsRoles: true,
    classification: classificationSchema.parse(kubernetes),
  },
  azure: { createImporter: createAzureImporter, needsRoles: true, classification: classificationSchema.parse(azure) },
};

/** @throws GraphError INVALID */
export function parsePlatformFormat(text: string): PlatformFormat {
  const format = PLATFORM_FORMATS.find((each) => each === text);
  if (format !== undefined) return format;
  throw new GraphError('INVALID', `\`${text}\` is no format that can be imported; use ${PLATFORM_FORMATS.join(', ')}`);
}

/**
 * Reads the files of one import, one at a time. A document of kind `Classification` among them takes the place of the
 * platform's default.
 * @throws GraphError INVALID
 */
export async function readPlatformFiles(
  format: PlatformFormat,
  application: string,
  files: AsyncIterable<PlatformFile>,
): Promise<PlatformImport> {
  const { createImporter, needsRoles, classification: byDefault } = PLATFORMS[format];
  const importer = createImporter();
  let classification: Classification | undefined;
  for await (const { name, pieces } of files) {
    const peeked = await peekText({ name, pieces });
    if (peeked.head.trim() === '') throw refusal(`${name}#`, 'EMPTY', 'is empty', 'export it again');
    if (!isClassification(peeked.head)) await importer.add({ name, ...peeked });
    else if (classification === undefined) classification = await readClassification({ name, ...peeked }, format);
    else throw refusal(`${name}#`, 'DUPLICATE', 'is a second classification', 'send one');
  }
  const found = importer.finish({ application, classification: classification ?? byDefault });
  if (found.catalogue.roles.length > 0 || !needsRoles) return found;
  throw refusal('', 'NO_ROLES', 'no role is among the files', 'send roles along: what files leave out is taken back');
}

function isClassification(head: string): boolean {
  return head.includes('idgraph/v1') && /(^|[\s{,])["']?kind["']?\s*:\s*["']?Classification\b/.test(head);
}

async function readClassification(file: PlatformFile, format: PlatformFormat): Promise<Classification> {
  const parsed = parseDocumentText(await wholeText(file.name, file.pieces, maxDocumentBytes));
  if (parsed.kind === 'invalid')
    throw refused(parsed.issues.map((issue) => ({ ...issue, pointer: `${file.name}#${issue.pointer}` })));
  const classification = parseAs(classificationSchema, parsed.document, file.name);
  if (classification.format === format) return classification;
  throw refusal(`${file.name}#/format`, 'OTHER_FORMAT', `classifies ${classification.format}`, `send one of ${format}`);
}
