/** A token bucket: `rate` calls a second, at most as many saved up. */
export class TokenBucket {
  readonly #rate: number;
  #tokens: number;
  #filledAt: number | undefined;

  constructor(rate: number) {
    this.#rate = rate;
    this.#tokens = rate;
  }

  /** Whether a call at `now` is within the limit; if it is, it is counted. */
  take(now: Date): boolean {
    const time = now.getTime();
    const elapsed = Math.max(0, time - (this.#filledAt ?? time)) / 1000;
    this.#filledAt = time;
    this.#tokens = Math.min(this.#rate, this.#tokens + elapsed * this.#rate);
    if (this.#tokens < 1) return false;
    this.#tokens -= 1;
    return true;
  }
}
