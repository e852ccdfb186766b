/** Two states that ought to be one. Each place says what is there instead of what. */
export class UnlikeError extends Error {
  override readonly name = 'UnlikeError';
  readonly places: readonly string[];

  constructor(places: readonly string[]) {
    super(places.join('\n'));
    this.places = places;
  }
}

/** Throws {@link UnlikeError} where they are not alike. A field that is `undefined` is one that is absent. */
export function expectAlike(actual: unknown, expected: unknown): void {
  const places = [...unlike(actual, expected, [])];
  if (places.length > 0) throw new UnlikeError(places);
}

function* unlike(actual: unknown, expected: unknown, path: readonly string[]): Generator<string> {
  if (!isContainer(actual) || !isContainer(expected)) {
    if (!Object.is(actual, expected))
      yield `${path.join('/')} is ${JSON.stringify(actual)}, not ${JSON.stringify(expected)}`;
    return;
  }
  for (const key of new Set([...Object.keys(actual), ...Object.keys(expected)]))
    yield* unlike(actual[key], expected[key], [...path, key]);
}

function isContainer(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}
