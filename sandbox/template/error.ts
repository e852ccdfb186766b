/** The synthesized template cannot be run: which resource or file, and what is wrong with it. */
export class TemplateError extends Error {
  override readonly name = 'TemplateError';
  readonly where: string;

  constructor(where: string, problem: string, options?: ErrorOptions) {
    super(`The template cannot be run: ${where}: ${problem}`, options);
    this.where = where;
  }
}
