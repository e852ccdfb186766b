/** The base of every error that Sallyport raises on purpose; `name` is a literal, stable under minification. */
export abstract class SallyportError extends Error {
  abstract override readonly name: string;
}

/** A finding that no source accepts, or that its source found wanting. */
export class FindingRejectedError extends SallyportError {
  override readonly name = 'FindingRejectedError';
}

/** Another writer took this place in the chain: fold again, and decide again. */
export class LedgerConflictError extends SallyportError {
  override readonly name = 'LedgerConflictError';
  readonly partition: string;
  readonly sequence: number;

  constructor(partition: string, sequence: number, options?: ErrorOptions) {
    super(`another commit already stands at ${partition}/${sequence}; read the chain again`, options);
    this.partition = partition;
    this.sequence = sequence;
  }
}

/** A chain that does not hold together: a gap, a changed byte, an entry in the wrong chain. */
export class LedgerCorruptError extends SallyportError {
  override readonly name = 'LedgerCorruptError';
  readonly item: string;

  constructor(item: string, problem: string, options?: ErrorOptions) {
    super(`${item}: ${problem}`, options);
    this.item = item;
  }
}

/** A tool or action used an operation that it did not declare, or that may not be used to read. */
export class OperationRefusedError extends SallyportError {
  override readonly name = 'OperationRefusedError';
  readonly operation: string;

  constructor(operation: string, reason: string) {
    super(`${operation} refused: ${reason}`);
    this.operation = operation;
  }
}

/** The target of a tool or action does not exist (any more). */
export class TargetNotFoundError extends SallyportError {
  override readonly name = 'TargetNotFoundError';
  readonly target: string;

  constructor(target: string, options?: ErrorOptions) {
    super(`${target} does not exist, or no longer does`, options);
    this.target = target;
  }
}

/** The target belongs to AWS or to Sallyport itself (service-linked and reserved roles): nobody here may change it. */
export class NotOursError extends SallyportError {
  override readonly name = 'NotOursError';
  readonly target: string;

  constructor(target: string, reason: string) {
    super(`${target} is not ours to change: ${reason}`);
    this.target = target;
  }
}

/** What `cannotRestore` declared is gone, as was said before it was approved: only a person can give something in its place. */
export class CannotRestoreError extends SallyportError {
  override readonly name = 'CannotRestoreError';
  readonly lost: string;

  constructor(lost: string, remedy: string) {
    super(`${lost} cannot be restored: ${remedy}`);
    this.lost = lost;
  }
}
