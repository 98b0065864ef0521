type OptionalKeys<T> = {
  [Key in keyof T]-?: null extends T[Key] ? Key : undefined extends T[Key] ? Key : never;
}[keyof T];

/** Arguments as the use cases take them: what is null or absent has no key. */
export type Given<T> = { readonly [Key in Exclude<keyof T, OptionalKeys<T>>]: T[Key] } & {
  readonly [Key in OptionalKeys<T>]?: NonNullable<T[Key]>;
};

/** GraphQL does not tell null from absent where we do not. Of nothing: nothing. */
export function given<T extends object>(values: T | null | undefined): Given<T> {
  const present = Object.entries(values ?? {}).filter(([, value]) => value !== null && value !== undefined);
  return Object.fromEntries(present) as Given<T>;
}
