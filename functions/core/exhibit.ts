import * as z from 'zod';
import type { Account, AwsCommandClass, Permission } from './account.ts';
import type { EntityKind, HandledEntity } from './entity.ts';

/** When evidence is kept: before anything is changed, and once a containment stands. */
export const Occasion = z.enum(['before-change', 'after-change']);
export type Occasion = z.infer<typeof Occasion>;

/** The time that a trail is read for. */
export interface Window {
  readonly from: Date;
  readonly to: Date;
}

/** What AWS answered, as it answered; whoever keeps it redacts it. `truncated`: there was more. */
export interface Collected {
  readonly content: unknown;
  readonly truncated: boolean;
}

export interface ExhibitQuestion<Reads extends readonly AwsCommandClass[]> {
  readonly account: Account<Reads>;
  readonly window: Window;
}

/** One file of an evidence bundle: what is read of an entity, and when. It only reads. */
export interface Exhibit<Reads extends readonly AwsCommandClass[] = readonly AwsCommandClass[]> {
  readonly id: string;
  readonly title: string;
  readonly targets: readonly EntityKind[];
  readonly occasions: readonly Occasion[];
  readonly reads: Reads;
  readonly permissions: readonly Permission[];
  /** Throws TargetNotFoundError where there is nothing to keep. */
  collect(target: HandledEntity, question: ExhibitQuestion<Reads>): Promise<Collected>;
}

/** Ties an exhibit's operations to its function's types; the registry then holds it as a plain Exhibit. */
export function defineExhibit<const Reads extends readonly AwsCommandClass[]>(
  exhibit: Exhibit<Reads>,
): Exhibit {
  return exhibit as unknown as Exhibit;
}
