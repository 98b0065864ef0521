/** The nodes that each node leads to; nodes are numbers from 0. */
export type Successors = readonly (readonly number[])[];

/**
 * The strongly connected components, each ascending, in no order (Tarjan, SIAM J. Comput. 1, 1972). Without recursion:
 * a chain as long as the graph needs no stack of calls.
 */
export function strongComponents(successors: Successors): number[][] {
  const count = successors.length;
  const entered = new Uint32Array(count);
  const low = new Uint32Array(count);
  const cursor = new Uint32Array(count);
  const isOpen = new Uint8Array(count);
  const open: number[] = [];
  const components: number[][] = [];
  let clock = 0;

  for (let root = 0; root < count; root++) if (entered[root] === 0) walkFrom(root);
  return components;

  function walkFrom(root: number): void {
    const walk = [enter(root)];
    while (walk.length > 0) {
      const node = walk.at(-1)!;
      const next = successors[node]![cursor[node]!++];
      if (next === undefined) {
        walk.pop();
        leave(node, walk.at(-1));
      } else if (entered[next] === 0) walk.push(enter(next));
      else if (isOpen[next]) low[node] = Math.min(low[node]!, entered[next]!);
    }
  }

  function enter(node: number): number {
    entered[node] = ++clock;
    low[node] = clock;
    isOpen[node] = 1;
    open.push(node);
    return node;
  }

  function leave(node: number, parent: number | undefined): void {
    if (parent !== undefined) low[parent] = Math.min(low[parent]!, low[node]!);
    if (low[node] !== entered[node]) return;
    const component = open.splice(open.lastIndexOf(node));
    for (const member of component) isOpen[member] = 0;
    components.push(component.sort((a, b) => a - b));
  }
}
