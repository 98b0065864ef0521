import type { Condition } from '../../graph/condition.js';

/** Conditions of bindings by dense number, so that bindings with an equal one are one node. */
export interface ConditionBank {
  readonly conditions: readonly Condition[];
  intern(condition: Condition): number;
  /** Forgets those from that number on. */
  truncate(count: number): void;
}

export function createConditionBank(): ConditionBank {
  const conditions: Condition[] = [];
  const numbers = new Map<string, number>();
  return {
    conditions,
    intern(condition) {
      const text = JSON.stringify(condition);
      const known = numbers.get(text);
      if (known !== undefined) return known;
      numbers.set(text, conditions.length);
      return conditions.push(condition) - 1;
    },
    truncate(count) {
      for (const condition of conditions.splice(count)) numbers.delete(JSON.stringify(condition));
    },
  };
}
