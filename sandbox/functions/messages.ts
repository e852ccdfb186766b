/** How Lambda tells of a function's failure, in the payload of an invocation with `FunctionError`. */
export interface FailureDetail {
  readonly errorType: string;
  readonly errorMessage: string;
  readonly trace?: readonly string[];
}

/** One invocation, to the function's process. */
export interface ToFunction {
  readonly event: unknown;
  readonly context: Readonly<Record<string, unknown>>;
  /** Milliseconds since the epoch. */
  readonly deadline: number;
}

/** From the function's process. `broken`: the bundle cannot be imported. A payload is JSON text. */
export type FromFunction =
  | { readonly type: 'ready' }
  | { readonly type: 'broken'; readonly error: FailureDetail }
  | { readonly type: 'succeeded'; readonly payload: string }
  | { readonly type: 'failed'; readonly error: FailureDetail };

/** How an invocation ended. */
export type Invocation =
  | { readonly status: 'succeeded'; readonly payload: string }
  | { readonly status: 'failed'; readonly error: FailureDetail };
