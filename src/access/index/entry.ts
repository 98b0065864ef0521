/** An allow or deny whose truth is not settled at its scope, or that is only looked at where it is asked about. */
export interface Entry {
  readonly permission: number;
  readonly scope: number;
  /** The conditional grant's row; `none`: the grant has no condition. */
  readonly grant: number;
  /** Its binding's condition is settled true, or it has none. */
  readonly bound: boolean;
}
