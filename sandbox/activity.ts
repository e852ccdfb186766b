/** Counts work under way, so that a story or a test can wait until nothing moves any more. */
export class Activity {
  #underWay = 0;
  #waiting: (() => void)[] = [];

  /** Returns the function that ends this piece of work; calling it again changes nothing. */
  begin(): () => void {
    this.#underWay += 1;
    let ended = false;
    return () => {
      if (ended) return;
      ended = true;
      this.#underWay -= 1;
      if (this.#underWay === 0) setImmediate(() => this.#wake());
    };
  }

  /** Resolves when no work is under way. A task that waits for a person is no work. */
  idle(): Promise<void> {
    return new Promise((resolve) => {
      this.#waiting.push(resolve);
      setImmediate(() => this.#wake());
    });
  }

  /** Work begun by what has just ended is counted by the time that a later turn of the event loop comes. */
  #wake(): void {
    if (this.#underWay > 0) return;
    const waiting = this.#waiting;
    this.#waiting = [];
    for (const resolve of waiting) resolve();
  }
}
