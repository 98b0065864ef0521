/**
 * What must hold besides the edge itself. `opaque` is what a platform says and this model cannot judge: it stays
 * unsettled whatever the context. Truth is Kleene's: an unsettled part makes the whole unsettled unless another part
 * settles it.
 */
export type Condition =
  | { readonly kind: 'opaque'; readonly text: string }
  /** Compares the context's value (a string, number or boolean, or a list of them: any one of them) with `values`: any one of them. */
  | {
      readonly kind: 'compare';
      readonly key: string;
      readonly operator:
        | 'EQUALS'
        | 'EQUALS_IGNORE_CASE'
        | 'LIKE'
        | 'LESS'
        | 'LESS_OR_EQUAL'
        | 'GREATER'
        | 'GREATER_OR_EQUAL';
      readonly values: readonly (string | number | boolean)[];
    }
  | { readonly kind: 'not'; readonly of: Condition }
  | { readonly kind: 'all'; readonly of: readonly Condition[] }
  | { readonly kind: 'any'; readonly of: readonly Condition[] };

/**
 * Which resources a grant speaks of, by path below the application's root in the tenant: `*` is any run of characters
 * (also none, also `/`), `?` is one. A pattern that matches a resource covers all that it contains.
 * `INSIDE`: those that some pattern matches (AWS `Resource`, Kubernetes `resourceNames`); `OUTSIDE`: those that none does (`NotResource`).
 */
export interface ResourcePattern {
  readonly match: 'INSIDE' | 'OUTSIDE';
  readonly patterns: readonly string[];
}
