import type { Account, AwsCommandClass } from '../core/account.ts';
import { canonicalJson, sha256 } from '../core/canonical.ts';
import type { EntryNamed } from '../core/entry.ts';
import {
  type BundleManifest,
  bundlePrefix,
  MANIFEST,
  SIGNATURE,
  SIGNING_ALGORITHM,
  type Unavailable,
} from '../core/evidence-bundle.ts';
import type { Exhibit, Occasion } from '../core/exhibit.ts';
import type { Incident } from '../core/incident.ts';
import type { Clock, EvidenceSigner, EvidenceVault, Ledger } from '../core/ports.ts';
import type { Place } from '../core/resource-pattern.ts';
import { type Kept, keepRecord, keepSubject, type Patience, type Subject } from './exhibit-files.ts';

export interface CollectParts {
  readonly ledger: Ledger;
  readonly exhibits: readonly Exhibit[];
  readonly accountOf: (
    place: Place,
    reads: readonly AwsCommandClass[],
    incident: string,
  ) => Account<readonly AwsCommandClass[]>;
  readonly vault: EvidenceVault;
  readonly signer: EvidenceSigner;
  /** The ARN of the role that writes and signs, and that alone may take those that read. */
  readonly custodian: string;
  /** Gives a reading up that takes too long: containment waits for it. */
  readonly patience: Patience;
  readonly clock: Clock;
}

/** Whoever names many entities in one finding cannot make containment wait for all of them. */
const MOST_SUBJECTS = 8;
const MOST_NAMED = 100;

/**
 * Keeps what a change is about to alter, or has altered, as one signed bundle, once for each plan and occasion. What
 * cannot be read is named in the bundle; where nothing can be written or signed it throws, and `giveUp` says so.
 */
export async function collect(incidentId: string, occasion: Occasion, parts: CollectParts): Promise<void> {
  const incident = await parts.ledger.read(incidentId);
  const command = commandOf(incident, occasion);
  if (!command || incident.commands.has(command)) return;
  const { asked, left } = subjectsOf(incident, occasion, parts.exhibits);
  if (asked.length === 0) return;
  const kept = await Promise.all([
    ...asked.map((subject) => keepSubject(subject, incident, parts)),
    keepRecord(incident, parts.clock()),
  ]);
  await seal(incident, occasion, [...kept, tooMany(left)], command, parts);
}

/** What stands in the ledger when the state machine gave up on a collection: an error or a time-out, in words. */
export async function giveUp(
  incidentId: string,
  occasion: Occasion,
  error: { readonly Error?: string | undefined; readonly Cause?: string | undefined },
  { ledger }: Pick<CollectParts, 'ledger'>,
): Promise<void> {
  const incident = await ledger.read(incidentId);
  const command = commandOf(incident, occasion);
  const plan = incident.plan?.manifestHash;
  if (!command || !plan) return;
  const reason = `not available: ${error.Error ?? 'an unknown error'}: ${error.Cause ?? ''}`.slice(0, 600);
  await ledger.append(incident, 'fact', command, ({ generation }) => [
    { type: 'evidence-unavailable', generation, occasion, plan, reason: reason.toWellFormed() },
  ]);
}

/** One outcome for each plan and occasion; nothing while there is no plan. */
function commandOf({ generation, plan }: Incident, occasion: Occasion): string | undefined {
  return plan && `collect#${generation}#${plan.manifestHash}#${occasion}`;
}

/** The targets of the plan first, then whatever else is known; what is only claimed chooses nothing that is read. */
function subjectsOf(incident: Incident, occasion: Occasion, exhibits: readonly Exhibit[]) {
  const targets = new Set(incident.plan?.manifest.actions.map(({ target }) => target.handle));
  const known = incident.entities.filter(({ trust }) => trust !== 'claimed');
  const ordered = known.toSorted((a, b) => Number(targets.has(b.handle)) - Number(targets.has(a.handle)));
  const subjects = ordered.flatMap((entity): Subject[] => {
    const applying = exhibits.filter(
      ({ targets: kinds, occasions }) => kinds.includes(entity.kind) && occasions.includes(occasion),
    );
    return applying.length === 0 ? [] : [{ entity, exhibits: applying }];
  });
  return { asked: subjects.slice(0, MOST_SUBJECTS), left: subjects.slice(MOST_SUBJECTS) };
}

/** A flood of entities has its first files named, and each says how many entities there are. */
function tooMany(left: readonly Subject[]): Kept {
  const count = MOST_SUBJECTS + left.length;
  const names = left.flatMap(({ entity, exhibits }) =>
    exhibits.map(({ id }) => `${entity.handle}-${id}.json`),
  );
  const reason = `${count} entities could be read, and no more than ${MOST_SUBJECTS} are`;
  return { files: [], unavailable: names.slice(0, MOST_NAMED).map((name) => ({ name, reason })) };
}

/** The manifest's hash names the folder and the signature is made before anything is written: a retry overwrites nothing. */
async function seal(
  incident: Incident,
  occasion: Occasion,
  kept: readonly Kept[],
  command: string,
  { ledger, vault, signer, custodian }: CollectParts,
): Promise<void> {
  const plan = incident.plan?.manifestHash ?? '';
  const files = kept.flatMap((one) => one.files);
  const unavailable: Unavailable[] = kept.flatMap((one) => one.unavailable);
  const { id, generation } = incident;
  const manifest: BundleManifest = {
    version: 1,
    incident: id,
    generation,
    occasion,
    plan,
    custodian,
    files: files.map(({ listed }) => listed),
    unavailable,
  };
  const text = canonicalJson(manifest);
  const manifestSha256 = sha256(text);
  const signature = await signer.sign(text);
  const prefix = bundlePrefix(id, manifestSha256);
  await Promise.all(files.map(({ listed, text: content }) => vault.put(`${prefix}/${listed.name}`, content)));
  await vault.put(`${prefix}/${MANIFEST}`, text);
  await vault.put(`${prefix}/${SIGNATURE}`, signature);
  const entry: EntryNamed<'evidence-preserved'> = {
    type: 'evidence-preserved',
    generation,
    occasion,
    plan,
    bundle: vault.uriOf(prefix),
    manifestSha256,
    signingKey: signer.key,
    signingAlgorithm: SIGNING_ALGORITHM,
    custodian,
    files: files.map(({ listed: { name, bytes, sha256: hash } }) => ({ name, bytes, sha256: hash })),
    unavailable,
  };
  await ledger.append(incident, 'fact', command, () => [entry]);
}
