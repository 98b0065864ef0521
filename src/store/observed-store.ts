import type { GraphStore } from './graph-store.js';

/** How often each method of a store was called; those never called are absent. */
export type StoreCalls = Map<keyof GraphStore, number>;

/** The same store, and a count of every call of it, `until` apart. */
export function observeStore(store: GraphStore): { readonly store: GraphStore; readonly calls: StoreCalls } {
  const calls: StoreCalls = new Map();
  const observe = (observed: GraphStore): GraphStore => {
    const methods = Object.entries(observed).map(([name, method]) => [
      name,
      (...given: readonly unknown[]) => {
        const key = name as keyof GraphStore;
        calls.set(key, (calls.get(key) ?? 0) + 1);
        return (method as (...given: readonly unknown[]) => unknown)(...given);
      },
    ]);
    return { ...Object.fromEntries(methods), until: (signal: AbortSignal) => observe(observed.until(signal)) };
  };
  return { store: observe(store), calls };
}
