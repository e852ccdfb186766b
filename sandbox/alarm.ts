/** Node's timers hold 31 bits of milliseconds, 24.8 days; a longer delay fires at once. */
const longestTimer = 2 ** 31 - 1;

/** A timer of any length. Returns the function that cancels it. */
export function alarm(milliseconds: number, ring: () => void): () => void {
  let timer: NodeJS.Timeout;
  const arm = (left: number): void => {
    const step = Math.min(left, longestTimer);
    timer = setTimeout(() => (left > step ? arm(left - step) : ring()), Math.max(0, step));
  };
  arm(milliseconds);
  return () => clearTimeout(timer);
}
