import { boundedText } from '../core/bounded.ts';

/** Collects what could not be read: a watch that sees less is better than a plan that is never made. */
export class Gaps {
  readonly found: string[] = [];

  /** Undefined where the reading fails, which is then a gap. */
  async unless<Answer>(what: string, read: () => Promise<Answer>): Promise<Answer | undefined> {
    try {
      return await read();
    } catch (error) {
      this.found.push(boundedText(`${what}: ${causeOf(error)}`, 300));
      return undefined;
    }
  }
}

/** AWS's messages may hold anybody's text; the name of an error is AWS's own. */
export function causeOf(error: unknown): string {
  return error instanceof Error ? error.name : 'it could not be read';
}
