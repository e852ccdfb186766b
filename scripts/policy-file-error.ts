/** A file under `policies/` that cannot be compiled: which, where in it (0 for the whole file), and why. */
export class PolicyFileError extends Error {
  override readonly name = 'PolicyFileError';
  readonly path: string;
  readonly line: number;
  readonly problem: string;

  constructor(path: string, line: number, problem: string, options?: ErrorOptions) {
    super(`${path}${line > 0 ? `:${line}` : ''}: ${problem}`, options);
    this.path = path;
    this.line = line;
    this.problem = problem;
  }
}
