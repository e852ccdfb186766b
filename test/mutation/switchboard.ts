/** What Stryker's instrumented code reads and writes: which mutant is on, and which were reached. */
interface Switchboard {
  activeMutant?: string | undefined;
  /** Reaching the active mutant more often than `hitLimit` throws: so endless loops end. */
  hitCount?: number | undefined;
  hitLimit?: number | undefined;
  currentTestId?: string | undefined;
  mutantCoverage?: {
    static: Record<string, number>;
    perTest: Record<string, Record<string, number>>;
  };
}

const place = globalThis as { __stryker__?: Switchboard };
place.__stryker__ ??= {};

export const switchboard: Switchboard = place.__stryker__;
