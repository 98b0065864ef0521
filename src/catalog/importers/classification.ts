import { z } from 'zod';
import { type Glob, matchesGlob, parseGlob } from '../../graph/glob.js';
import type { PermissionClass, Plane } from '../../graph/node.js';
import { fold } from '../../graph/text.js';
import type { Issue } from '../../kernel/errors.js';
import { name, plane, text } from '../document-fields.js';

export const PLATFORM_FORMATS = ['aws', 'gcp', 'keycloak', 'kubernetes', 'azure'] as const;

const rule = z.strictObject({
  actions: z.array(name()).min(1).describe('Patterns: * is any run of characters, ? is one, anywhere.'),
  labels: z.array(name()).min(1).optional().describe('What the platform itself calls the action, such as Read.'),
  plane: plane.optional().describe('Absent: of both.'),
  class: z.enum(['READ', 'WRITE', 'ADMIN', 'GRANT', 'IMPERSONATE', 'SECRET']),
  tier: z.union([z.literal(0), z.literal(1), z.literal(2), z.literal(3)]),
  why: text(1024).optional(),
});

export const classificationSchema = z
  .strictObject({
    apiVersion: z.literal('idgraph/v1'),
    kind: z.literal('Classification'),
    format: z.enum(PLATFORM_FORMATS),
    sources: z.array(text(1024)).describe('Where the rules come from.'),
    rules: z.array(rule).max(10_000).describe('The first that fits decides.'),
  })
  .meta({ title: 'Classification', description: 'What each permission of a platform is classed as, and its tier.' });

export type Classification = z.output<typeof classificationSchema>;
export type PlatformFormat = (typeof PLATFORM_FORMATS)[number];

export interface Classified {
  readonly class: PermissionClass;
  readonly tier: 0 | 1 | 2 | 3;
}

/** An action with what its platform calls it. */
export interface LabelledAction {
  readonly action: string;
  readonly plane: Plane;
  readonly label?: string | undefined;
  /** Where it is named first: `roles.json#/3`. Absent: in no file. */
  readonly place?: string | undefined;
}

/** What nobody classified is taken for a write, and said. */
const unclassified: Classified = { class: 'WRITE', tier: 2 };

export interface Classifier {
  classify(action: LabelledAction): Classified;
  /** One for each action that no rule fits, in the order in which they were asked for. */
  notes(): readonly Issue[];
}

export function createClassifier(
  classification: Classification,
  options: { readonly caseSensitive: boolean },
): Classifier {
  const spell = options.caseSensitive ? (action: string) => action : fold;
  const rules = classification.rules.map((each) => ({ ...each, globs: each.actions.map((p) => parseGlob(spell(p))) }));
  const unknown = new Map<string, LabelledAction>();

  function fits(each: (typeof rules)[number], action: LabelledAction, spelled: string): boolean {
    if (each.plane !== undefined && each.plane !== action.plane) return false;
    if (each.labels !== undefined && !each.labels.includes(action.label ?? '')) return false;
    return each.globs.some((glob: Glob) => matchesGlob(glob, spelled));
  }

  return {
    classify(action) {
      const spelled = spell(action.action);
      const found = rules.find((each) => fits(each, action, spelled));
      if (found) return { class: found.class, tier: found.tier };
      unknown.set(action.action, action);
      return unclassified;
    },
    notes: () =>
      [...unknown.values()].map(({ action, place = '' }) => ({
        pointer: place,
        code: 'UNCLASSIFIED',
        message: `no rule classifies \`${action}\`; it is taken for a write of tier 2`,
        hint: 'send a classification of your own along',
      })),
  };
}
