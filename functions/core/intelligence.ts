/** That one list of a feed names something. */
export interface Sighting {
  /** The feed's name in `policies/feeds.yaml`. */
  readonly feed: string;
  /** What the list calls itself: text of whoever publishes it. */
  readonly list: string;
  /** What it names: the same, a range of addresses around it, or the domain that it lies in. */
  readonly matched: string;
  /** Seconds since 1970. */
  readonly firstSeen: number;
  /** Seconds since 1970; null for what holds without end. */
  readonly validUntil: number | null;
  /** From 0 to 100, as STIX counts it; never more than the owner gives the feed. */
  readonly confidence: number;
}

/** What the lists say of one thing. Where a warning list names it too, the indicators do not count. */
export interface Knowledge {
  readonly indicators: readonly Sighting[];
  readonly warnings: readonly Sighting[];
}
