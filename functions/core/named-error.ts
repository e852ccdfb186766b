/** Whether AWS answered with one of these error codes: the SDK gives them as the error's name. */
export function hasName(error: unknown, ...names: readonly string[]): boolean {
  return error instanceof Error && names.includes(error.name);
}
