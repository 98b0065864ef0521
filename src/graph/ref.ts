import { GraphError } from '../kernel/errors.js';

/**
 * A printed name, in parts. Names do not say which of two kinds they mean: `named` is a tenant or an application,
 * `principal` an account or a group of a source, `catalogued` a role or a permission. A text that has the syntax of an
 * id may be one: look it up as an id first.
 */
export type Ref =
  /** `acme` */
  | { readonly kind: 'named'; readonly slug: string }
  /** `acme.entra` */
  | { readonly kind: 'source'; readonly tenant: string; readonly source: string }
  /** `acme/svc-sync` */
  | { readonly kind: 'identity'; readonly tenant: string; readonly name: string }
  /** `acme.entra/Sales DK` */
  | { readonly kind: 'principal'; readonly tenant: string; readonly source: string; readonly name: string }
  /** `crm:admin`; the tenant's own, `crm@acme:admin` */
  | { readonly kind: 'catalogued'; readonly application: string; readonly tenant?: string; readonly name: string }
  /** `crm:/acme/prod/db1`: the path `/prod/db1` of crm in acme; the root, `/`, is `crm:/acme` */
  | { readonly kind: 'resource'; readonly application: string; readonly tenant: string; readonly path: string };

/**
 * Prints a name that `parseRef` reads back to the same parts. The last part stands as it is, whatever it holds; before it
 * a separator (`.`, `/`, `:`, `@`) or a backslash that belongs to a slug has a backslash before it, as has a `/` or a
 * backslash that begins the name of a role or permission, where a bare `/` begins a resource.
 */
export function printRef(ref: Ref): string {
  switch (ref.kind) {
    case 'named':
      return escaped(ref.slug);
    case 'source':
      return `${escaped(ref.tenant)}.${escaped(ref.source)}`;
    case 'identity':
      return `${escaped(ref.tenant)}/${ref.name}`;
    case 'principal':
      return `${escaped(ref.tenant)}.${escaped(ref.source)}/${ref.name}`;
    case 'catalogued': {
      const owner = ref.tenant === undefined ? '' : `@${escaped(ref.tenant)}`;
      return `${escaped(ref.application)}${owner}:${ref.name.replace(/^[/\\]/, '\\$&')}`;
    }
    case 'resource':
      return `${escaped(ref.application)}:/${escaped(ref.tenant)}${ref.path === '/' ? '' : ref.path}`;
  }
}

/** @throws GraphError INVALID */
export function parseRef(text: string): Ref {
  const ref = parseFrom(readSlug(text));
  if (!ref || Object.values(ref).includes(''))
    throw new GraphError(
      'INVALID',
      `\`${text}\` is no name; write it like \`acme\`, \`acme.entra\`, \`acme/svc-sync\`, \`acme.entra/Sales DK\`, \`crm:admin\`, \`crm@acme:admin\` or \`crm:/acme/prod\``,
    );
  return ref;
}

/** A slug without its escapes, the separator that ends it, and what comes after that; no separator: the text ended. */
interface SlugAndRest {
  readonly slug: string;
  readonly separator?: string;
  readonly rest: string;
}

function parseFrom({ slug, separator, rest }: SlugAndRest): Ref | undefined {
  if (separator === undefined) return { kind: 'named', slug };
  if (separator === '/') return { kind: 'identity', tenant: slug, name: rest };
  if (separator === '.') return parseOfSource(slug, readSlug(rest));
  if (separator === ':') return rest.startsWith('/') ? parseResource(slug, rest) : parseCatalogued(slug, rest);
  const tenant = readSlug(rest);
  return tenant.separator === ':' ? { ...parseCatalogued(slug, tenant.rest), tenant: tenant.slug } : undefined;
}

function parseOfSource(tenant: string, { slug, separator, rest }: SlugAndRest): Ref | undefined {
  if (separator === undefined) return { kind: 'source', tenant, source: slug };
  return separator === '/' ? { kind: 'principal', tenant, source: slug, name: rest } : undefined;
}

function parseResource(application: string, rest: string): Ref | undefined {
  const tenant = readSlug(rest.slice(1));
  if (tenant.separator === undefined) return { kind: 'resource', application, tenant: tenant.slug, path: '/' };
  if (tenant.separator !== '/') return undefined;
  return { kind: 'resource', application, tenant: tenant.slug, path: `/${tenant.rest}` };
}

function parseCatalogued(application: string, rest: string) {
  return { kind: 'catalogued', application, name: rest.replace(/^\\([/\\])/, '$1') } as const;
}

function readSlug(text: string): SlugAndRest {
  const [slug = ''] = /^(?:\\.|[^\\./:@])*/su.exec(text) ?? [];
  const separator = text[slug.length];
  const rest = text.slice(slug.length + 1);
  return { slug: slug.replace(/\\(.)/gsu, '$1'), ...(separator !== undefined && { separator }), rest };
}

const escaped = (slug: string): string => slug.replace(/[\\./:@]/g, '\\$&');
