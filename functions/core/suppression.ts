import * as z from 'zod';
import { digest } from './canonical.ts';
import { type Entity, EntityKind } from './entity.ts';
import { type Finding, Severity, severityRank } from './finding.ts';
import { covers, type Network, parseAddress, parseNetwork } from './network.ts';
import { reservedTags } from './reserved-tags.ts';
import { Window } from './window.ts';

/** A rule that is read as a range of scanners' addresses must not hold half of the internet. */
const WIDEST = { 4: 16, 6: 48 } as const;

/** Kinds whose identifiers are never more than a claim: a rule about one would never hold. */
const neverAsserted: readonly EntityKind[] = ['domain', 'object', 'other'];

const Address = z.strictObject({
  kind: z.literal('address'),
  in: z.string().refine(isNarrow, 'expected an address, or a range no wider than /16, or /48 in IPv6'),
});
const Named = z.strictObject({
  kind: EntityKind.exclude(['address']).refine(
    (kind) => !neverAsserted.includes(kind),
    'is named by whoever makes it, and suppresses nothing',
  ),
  id: z.string().min(1).max(2048),
});

const Tag = z.strictObject({
  key: z.enum(Object.values(reservedTags)),
  value: z.string().min(1).max(256),
});

/**
 * A kind of finding that needs no answer: `policies/suppressions.yaml`. Everything that a rule says has to be so; of a
 * list, one entry. It is compiled by scripts/policies.ts, and checked again where it is used.
 */
export const Suppression = z
  .strictObject({
    id: z.string().regex(/^[a-z][a-z0-9-]{0,63}$/, 'expected a name such as nightly-scanner'),
    reason: z.string().min(10).max(300),
    /** Who answers for it: a mail address, or the name of a role. */
    owner: z.union([z.email(), z.string().regex(/^[a-z][a-z0-9-]{1,63}$/)], {
      error: 'expected a mail address, or the name of a role such as platform-team',
    }),
    /** The last day (UTC) on which it holds. */
    expires: z.iso.date(),
    /** Finding types: exact, or ending in `*`. */
    types: z
      .array(z.string().regex(/^[^*]+\*?$/, 'expected a type; a * may stand only at its end'))
      .min(1)
      .exactOptional(),
    accounts: z
      .array(z.string().regex(/^\d{12}$/, 'expected an account id of 12 digits'))
      .min(1)
      .exactOptional(),
    regions: z.array(z.string().min(1)).min(1).exactOptional(),
    /** What the finding is about, or who acted: of each kind that is named here it names one, and no other. */
    entities: z
      .array(z.discriminatedUnion('kind', [Address, Named]))
      .min(1)
      .max(200)
      .exactOptional(),
    /** A tag of every target, under a reserved key, as AWS itself answers it. */
    tag: Tag.exactOptional(),
    /** When AWS wrote the finding. */
    window: Window.exactOptional(),
    severityUpTo: Severity.default('Medium'),
  })
  .superRefine(checkReach);
export type Suppression = z.infer<typeof Suppression>;

/** The whole of `policies/suppressions.yaml`. */
export const Suppressions = z.strictObject({ suppressions: z.array(Suppression).max(500) });
export type Suppressions = z.infer<typeof Suppressions>;

type Reach = Pick<Suppression, 'types' | 'accounts' | 'entities' | 'tag' | 'severityUpTo'>;

/** What hides a grave finding has to name the thing that it hides it for, and a tag alone is too easily set. */
function checkReach(
  { types, accounts, entities, tag, severityUpTo }: Reach,
  context: z.RefinementCtx<Reach>,
): void {
  const wrong = (path: string, message: string) =>
    context.addIssue({ code: 'custom', path: [path], message });
  if (!types && !accounts && !entities && !tag)
    wrong('id', 'names no types, accounts, entities or tag, and would suppress everything');
  if (!accounts && entities?.some(({ kind }) => kind !== 'address'))
    wrong('entities', 'another account may have the same name: say in which accounts');
  if (severityRank(severityUpTo) <= severityRank('Medium')) return;
  if (tag) wrong('severityUpTo', `a tag never suppresses ${severityUpTo}`);
  if (!entities) wrong('severityUpTo', `${severityUpTo} is suppressed only for entities that the rule names`);
}

/** The hash under which the ledger knows exactly this rule. */
export function suppressionDigest(rule: Suppression): string {
  return digest(rule);
}

/** Whether the rule's last day is over. */
export function isExpired({ expires }: Pick<Suppression, 'expires'>, now: Date): boolean {
  return now.toISOString().slice(0, 10) > expires;
}

/**
 * Whether the rule speaks of this finding: all that it says but its window, its tag and its last day. What a custom
 * product says is written by any principal with BatchImportFindings, and claims suppress nothing.
 */
export function speaksOf(rule: Suppression, finding: Finding): boolean {
  const { metadata, severity, finding_info, cloud } = finding;
  return (
    metadata.aws_owned &&
    severityRank(severity) <= severityRank(rule.severityUpTo) &&
    (rule.types?.some((pattern) => fits(pattern, finding_info.type)) ?? true) &&
    (rule.accounts?.includes(cloud.account) ?? true) &&
    (rule.regions?.includes(cloud.region) ?? true) &&
    namesEach(rule, finding)
  );
}

/** What a finding is about, and who acted; not what merely hangs on it. */
export function principalsOf({ entities }: Finding): Entity[] {
  return entities.filter(({ part }) => part !== 'related');
}

/** Someone who acts beside the scanner, or on more than the scanner's target, is never hidden with it. */
function namesEach({ entities, accounts }: Suppression, finding: Finding): boolean {
  const kinds = new Set(entities?.map(({ kind }) => kind));
  return [...kinds].every((kind) => {
    const meant = principalsOf(finding).filter((entity) => entity.kind === kind);
    return meant.length > 0 && meant.every((entity) => isNamed(entity, entities ?? [], accounts));
  });
}

function isNamed(
  { kind, id, account, trust }: Entity,
  entities: NonNullable<Suppression['entities']>,
  accounts: Suppression['accounts'],
): boolean {
  if (trust !== 'asserted') return false;
  return entities.some((named) => {
    if (named.kind !== kind) return false;
    if (named.kind === 'address') return isIn(id, named.in);
    return named.id === id && (accounts?.includes(account) ?? false);
  });
}

function isIn(address: string, range: string): boolean {
  const [host, network] = [parseAddress(address), rangeOf(range)];
  return host !== undefined && network !== undefined && covers(network, host);
}

function rangeOf(text: string): Network | undefined {
  return parseNetwork(text) ?? parseAddress(text);
}

function isNarrow(text: string): boolean {
  const range = rangeOf(text);
  return range !== undefined && range.bits >= WIDEST[range.family];
}

function fits(pattern: string, type: string): boolean {
  return pattern.endsWith('*') ? type.startsWith(pattern.slice(0, -1)) : type === pattern;
}
