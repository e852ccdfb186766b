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

/** Why an action cannot be planned on a target: a finding of the plan, which people read, and no fault. */
export abstract class NotPlannableError extends SallyportError {
  readonly target: string;

  constructor(target: string, message: string, options?: ErrorOptions) {
    super(message, options);
    this.target = target;
  }
}

/** The finding is about an account of which this deployment can see nothing: no other account may answer for it. */
export class AccountNotCoveredError extends NotPlannableError {
  override readonly name = 'AccountNotCoveredError';

  constructor(account: string) {
    super(
      `account ${account}`,
      `account ${account} is not covered: it is neither this deployment's own nor a member of it; add it to sallyport.accounts in cdk.json, and deploy SallyportSpoke in it`,
    );
  }
}

/** A kind of resource of which nobody here reads tags. */
export class TagsUnreadableError extends SallyportError {
  override readonly name = 'TagsUnreadableError';

  constructor(kind: string) {
    super(`the tags of a ${kind} are not read; ask for instances, their parts, users, roles or buckets`);
  }
}

/** A member account does not let the hub read it: no other account may answer for it. */
export class MemberNotReadableError extends NotPlannableError {
  override readonly name = 'MemberNotReadableError';

  constructor(account: string, options?: ErrorOptions) {
    super(
      `account ${account}`,
      `account ${account} is a member, but its reader role cannot be taken; deploy SallyportSpoke in it, in the hub's region and with the hub's account and organization`,
      options,
    );
  }
}

/** The target of a tool or action does not exist (any more). */
export class TargetNotFoundError extends NotPlannableError {
  override readonly name = 'TargetNotFoundError';

  constructor(target: string, options?: ErrorOptions) {
    super(target, `${target} does not exist, or no longer does`, options);
  }
}

/** The target belongs to AWS or to Sallyport itself (service-linked and reserved roles): nobody here may change it. */
export class NotOursError extends NotPlannableError {
  override readonly name = 'NotOursError';

  constructor(target: string, reason: string) {
    super(target, `${target} is not ours to change: ${reason}`);
  }
}

/** The target already is what the action would make of it: there is nothing to do, and later nothing to undo. */
export class NothingToDoError extends NotPlannableError {
  override readonly name = 'NothingToDoError';

  /** `state` completes the sentence: `instance i-1 already requires IMDSv2`. */
  constructor(target: string, state: string) {
    super(target, `${target} already ${state}: there is nothing to do`);
  }
}

/** The target is of a kind, or in a passing or final state, that AWS refuses the change for. */
export class WrongStateError extends NotPlannableError {
  override readonly name = 'WrongStateError';

  /** `state` completes `instance i-1 is …`, in AWS's words; `advice` says what that means, or what to do instead. */
  constructor(target: string, state: string, advice: string, options?: ErrorOptions) {
    super(target, `${target} is ${state}: ${advice}`, options);
  }
}

/** AWS refuses a call that an action needs: a policy of the account, its organisation or the target keeps Sallyport out. */
export class CallDeniedError extends NotPlannableError {
  override readonly name = 'CallDeniedError';

  /** `because` completes `AWS refuses iam:UpdateAccessKey on …: `. */
  constructor(target: string, operation: string, because: string, options?: ErrorOptions) {
    super(
      target,
      `AWS refuses ${operation} on ${target}: ${because}; change that policy, or let somebody who may do it by hand`,
      options,
    );
  }
}

/**
 * AWS is still busy with an earlier change of ours, and takes this one only afterwards. It carries the SDK's mark of
 * an error that goes away by itself, so that it is retried as such.
 */
export class NotYetError extends SallyportError {
  override readonly name = 'NotYetError';
  readonly $retryable = {};

  constructor(target: string, state: string) {
    super(`${target} is still ${state}; the same change is tried again`);
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
