/** Waiting for one of many things that happen, without asking again and again. */
export class Bell<Event> {
  readonly #listeners = new Set<(event: Event) => void>();

  ring(event: Event): void {
    for (const listener of this.#listeners) listener(event);
  }

  /** Resolves with the next event that is meant. Rejects after `patience` milliseconds, naming what was waited for. */
  next(what: string, isMeant: (event: Event) => boolean, patience = 60_000): Promise<Event> {
    const { promise, resolve, reject } = Promise.withResolvers<Event>();
    const listener = (event: Event) => {
      if (isMeant(event)) resolve(event);
    };
    this.#listeners.add(listener);
    const timer = setTimeout(() => reject(new Error(`${what}: nothing came in ${patience} ms`)), patience);
    return promise.finally(() => {
      clearTimeout(timer);
      this.#listeners.delete(listener);
    });
  }
}
