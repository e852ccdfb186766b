/** What the workers are asked, and what they answer. Tests are named by their place in the list of all. */
export type Job =
  | {
      readonly kind: 'load';
      readonly sources: Readonly<Record<string, string>>;
      readonly files: readonly string[];
    }
  | { readonly kind: 'observe'; readonly tests: readonly number[] }
  | ({ readonly kind: 'try' } & Trial);

export interface Trial {
  readonly mutant: string;
  /**
   * The tests that reach the mutant, quickest first, then all others of their suites: some of these check what the
   * tests before them gathered.
   */
  readonly order: readonly number[];
  readonly hitLimit: number;
  /** How long each test may take, in milliseconds. */
  readonly limits: Readonly<Record<number, number>>;
}

export interface Loaded {
  /** Each test's file, and the names of the suites around it, outermost first, then its own. */
  readonly tests: readonly { readonly file: string; readonly names: readonly string[] }[];
  /** Mutants that are reached while modules are loaded. */
  readonly atLoad: readonly string[];
}

/** Of each test without any mutant. */
export type Observed = Readonly<
  Record<number, { readonly milliseconds: number; readonly hits: Readonly<Record<string, number>> }>
>;

export type Outcome = 'killed' | 'survived' | 'timed out';

export type Answer =
  | { readonly loaded: Loaded }
  | { readonly observed: Observed }
  | { readonly outcome: Outcome }
  | { readonly error: string };
