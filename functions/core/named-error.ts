/** Whether AWS answered with one of these error codes: the SDK gives them as the error's name. */
export function hasName(error: unknown, ...names: readonly string[]): boolean {
  return error instanceof Error && names.includes(error.name);
}

/** AWS's messages may hold anybody's text; the name of an error is AWS's own. */
export function causeOf(error: unknown): string {
  return error instanceof Error ? error.name : 'it could not be read';
}
