/** An answer of HTTP that says nothing about the graph: a method that is not served, a precondition that is missing. */
export class HttpStatusError extends Error {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;

  /** `message`: as for `GraphError`. */
  constructor(status: number, message: string, headers: Readonly<Record<string, string>> = {}) {
    super(message);
    this.name = 'HttpStatusError';
    this.status = status;
    this.headers = headers;
  }
}
