/**
 * Groups of operations in an order in which each comes after those it refers to; those of one group refer to each
 * other. `refersTo[i]` are the operations that the i-th refers to. Otherwise as given. (Tarjan 1972.)
 */
export function bulkOrder(refersTo: readonly (readonly number[])[]): readonly (readonly number[])[] {
  const groups: (readonly number[])[] = [];
  const found = new Map<number, number>();
  const low = new Map<number, number>();
  const open: number[] = [];

  function visit(at: number): void {
    found.set(at, found.size);
    low.set(at, found.get(at) as number);
    open.push(at);
    for (const next of refersTo[at] ?? []) {
      if (!found.has(next)) visit(next);
      if (open.includes(next)) low.set(at, Math.min(low.get(at) as number, low.get(next) as number));
    }
    if (low.get(at) === found.get(at)) groups.push(open.splice(open.indexOf(at)).sort((a, b) => a - b));
  }

  for (let at = 0; at < refersTo.length; at += 1) if (!found.has(at)) visit(at);
  return groups;
}
