/** The value below which a share of all values lies (nearest rank). `share` is from 0 to 1. */
export function quantile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? Number.NaN;
}

/** Rounds to hundredths: more digits than that are noise. */
export function rounded(value: number): number {
  return Math.round(value * 100) / 100;
}

/** What the middle and the slow end of some durations are, in milliseconds. */
export function spread(values: readonly number[]): { readonly p50: number; readonly p99: number } {
  return { p50: rounded(quantile(values, 0.5)), p99: rounded(quantile(values, 0.99)) };
}
