/** Equal values as one object, so that what is remembered by object is remembered once and lies together. */
export type Share = <Value extends object>(value: Value) => Value;

export function createShare(): Share {
  const known = new Map<string, object>();
  return <Value extends object>(value: Value) => {
    const text = JSON.stringify(value);
    const shared = (known.get(text) ?? value) as Value;
    known.set(text, shared);
    return shared;
  };
}
