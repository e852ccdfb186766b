/**
 * A policy uses a condition that this evaluator does not implement. It is refused rather than skipped: an
 * ignored condition would turn a narrow allow into a broad one.
 */
export class UnknownConditionError extends Error {
  override readonly name = 'UnknownConditionError';
  readonly condition: string;

  constructor(condition: string) {
    super(`The policy uses ${condition}, which the sandbox does not evaluate: add it to sandbox/authorize`);
    this.condition = condition;
  }
}
