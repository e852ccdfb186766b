import type { Json } from '../core/canonical.ts';
import type { Consequence, PlannedAction } from '../core/plan.ts';
import { printable } from '../core/printable.ts';
import { reachInWords } from '../core/reach.ts';
import { undoingInWords } from '../core/undoing-words.ts';

/** One value of the target's state that the action is expected to change. */
interface CardChange {
  readonly what: string;
  readonly before: string;
  readonly after: string;
}

interface CardReach {
  readonly what: string;
  readonly count: string;
  readonly evidence: string;
}

/** One step of the plan, ready to show. */
export interface CardAction {
  readonly id: string;
  readonly title: string;
  readonly kind: string;
  readonly target: string;
  readonly arn: string;
  readonly account: string;
  readonly region: string;
  readonly trust: string;
  /** Who made what the step takes away, and who says so. Empty where that is not why it is a target. */
  readonly madeBy: string;
  readonly danger: string;
  readonly protectedTarget: boolean;
  readonly params: readonly string[];
  readonly change: string;
  readonly undo: string;
  /** What undoing it costs: whom it gives access back, or what it loses. */
  readonly undoing: string;
  readonly changes: readonly CardChange[];
  /** How many changed values the table leaves out; the manifest holds them all. */
  readonly moreChanges: number;
  readonly cannotRestore: readonly string[];
  readonly reach: readonly CardReach[];
  /** How many things would notice, which policy was asked with, and what that rests on. */
  readonly noticed: { readonly count: string; readonly because: string };
}

const MOST_CHANGES = 24;

export function cardAction(action: PlannedAction, blastRadius: readonly Consequence[]): CardAction {
  const { target } = action;
  const { count, because } = reachInWords(blastRadius);
  const changes = changesBetween(action.before, action.expected);
  return {
    id: action.id,
    title: titleOf(action.action),
    kind: target.kind,
    target: printable(target.id),
    arn: printable(target.arn ?? 'no ARN', 600),
    account: printable(target.account),
    region: printable(target.region),
    trust: target.trust,
    madeBy: target.madeBy ? printable(makerOf(target.madeBy)) : '',
    danger: action.danger,
    protectedTarget: action.protectedTarget,
    params: Object.entries(action.params).map(([name, value]) => printable(`${name}: ${value}`)),
    change: printable(action.change, 600),
    undo: printable(action.undo, 600),
    undoing: undoingInWords(action.undoing),
    changes: changes.slice(0, MOST_CHANGES),
    moreChanges: Math.max(0, changes.length - MOST_CHANGES),
    cannotRestore: action.cannotRestore.map((item) => printable(item)),
    reach: blastRadius.map(({ what, count, evidence }) => ({
      what: printable(what),
      count: count === null ? 'not available' : String(count),
      evidence: printable(evidence),
    })),
    noticed: { count, because: printable(because, 400) },
  };
}

/** `isolate-instance` → `Isolate instance`. The catalogue's own titles would drag every action into this bundle. */
export function titleOf(action: string): string {
  const words = printable(action).replaceAll('-', ' ');
  return words.charAt(0).toUpperCase() + words.slice(1);
}

/**
 * The leaves that the action expects to be other than they were, each under its path. What `expected` does not speak of
 * stays as it is; what `before` did not have is a dash.
 */
function changesBetween(before: Json, expected: Json): CardChange[] {
  const old = leavesOf(before);
  return [...leavesOf(expected)]
    .filter(([path, after]) => old.get(path) !== after)
    .map(([path, after]) => ({
      what: printable(path, 160),
      before: printable(old.get(path) ?? '—'),
      after: printable(after),
    }));
}

/** Lists of plain values are leaves: "sg-1, sg-2" says more than two rows do. */
function leavesOf(value: Json | undefined, path = ''): Map<string, string> {
  if (value === undefined) return new Map();
  if (isPlain(value)) return new Map([[path, shown(value)]]);
  if (Array.isArray(value) && value.every(isPlain)) {
    return new Map([[path, value.map(shown).join(', ') || 'none']]);
  }
  const leaves = Object.entries(value).flatMap(([key, inner]) => {
    const name = idIn(inner) ?? key;
    return [...leavesOf(inner, path ? `${path} › ${name}` : name)];
  });
  return new Map(leaves);
}

/** Things in a list go by their own id, so that both states speak of the same one. */
function idIn(value: Json | undefined): string | undefined {
  const isThing = typeof value === 'object' && value !== null && 'id' in value;
  return isThing && typeof value.id === 'string' ? value.id : undefined;
}

function isPlain(value: Json): value is null | boolean | number | string {
  return value === null || typeof value !== 'object';
}

function shown(value: null | boolean | number | string): string {
  return value === null ? 'none' : String(value);
}

/** Of an entity's key: `user:111122223333:ci-deploy` is `user ci-deploy`. */
function makerOf(key: string): string {
  const [kind = '', , ...name] = key.split(':');
  return `${kind} ${name.join(':')}, by CloudTrail's records`;
}
