/** A seed cannot be used: names the file, the JSON path and what was expected there. */
export class SeedError extends Error {
  override readonly name = 'SeedError';
  readonly file: string;
  /** `iam.users[0].userName`; empty for the document itself. */
  readonly path: string;

  constructor(file: string, path: string, expected: string, options?: ErrorOptions) {
    super(`${file}: ${path === '' ? 'the document' : path}: ${expected}`, options);
    this.file = file;
    this.path = path;
  }
}

/** `['iam', 'users', 0]` as people write it. */
export function jsonPath(path: readonly PropertyKey[]): string {
  const steps = path.map((step) => (typeof step === 'number' ? `[${step}]` : `.${String(step)}`));
  return steps.join('').replace(/^\./, '');
}
