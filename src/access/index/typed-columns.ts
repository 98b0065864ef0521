export type Column = Uint8Array | Uint16Array | Uint32Array | Int32Array | Float64Array;

/** An object whose `readonly` columns its maker replaces when they grow. */
export type Writable<T> = { -readonly [Key in keyof T]: T[Key] };

/** The column itself where it has room for `length` values, else a copy half as long again, filled up with zeros. */
export function widened<C extends Column>(column: C, length: number): C {
  if (length <= column.length) return column;
  const make = column.constructor as new (size: number) => C;
  const wider = new make(Math.max(length, column.length + (column.length >> 1), 16));
  wider.set(column);
  return wider;
}

/** The column in the new order: value `i` moves to `place[i]`. */
export function permuted<C extends Column>(column: C, place: Uint32Array): C {
  const moved = column.slice() as C;
  for (let i = 0; i < place.length; i++) moved[place[i]!] = column[i]!;
  return moved;
}

/** The list in the new order: item `i` moves to `place[i]`. */
export function permutedList<T>(list: readonly T[], place: Uint32Array): T[] {
  const moved = list.slice();
  for (let i = 0; i < place.length; i++) moved[place[i]!] = list[i]!;
  return moved;
}
