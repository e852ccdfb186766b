import { GetIPSetCommand, ListIPSetsCommand, UpdateIPSetCommand } from '@aws-sdk/client-wafv2';
import { NotYetError, TargetNotFoundError, WrongStateError } from '../../core/errors.ts';
import { hasName } from '../../core/named-error.ts';
import { covers, type Network, parseNetwork } from '../../core/network.ts';
import { type NamedSet, type Reader, Scope, setName, type Writer } from './operations.ts';

/** https://docs.aws.amazon.com/waf/latest/developerguide/waf-rule-statement-type-ipset-match.html */
const LARGEST = 10_000;
/** How often a change is tried anew on what somebody else has just written. */
const ATTEMPTS = 5;

interface Contents {
  readonly version: string | undefined;
  readonly addresses: readonly string[];
  readonly description: string | undefined;
  readonly lockToken: string | undefined;
}

/** The reserved set of one family. Throws WrongStateError where the owner has made none. */
export async function findSet(family: 4 | 6, account: Reader): Promise<NamedSet> {
  const name = setName(family);
  let NextMarker: string | undefined;
  do {
    const page = await account.send(new ListIPSetsCommand({ Scope, Limit: 100, NextMarker }));
    const { Id: id, ARN: arn } = page.IPSets?.find((set) => set.Name === name) ?? {};
    if (id !== undefined && arn !== undefined) return { name, id, arn };
    NextMarker = page.NextMarker;
  } while (NextMarker);
  throw new WrongStateError(
    `IP set ${name}`,
    'not there',
    `create a regional IP set of that name for IPv${family}, and in the web ACLs that shall obey it a rule with the action Block that refers to it`,
  );
}

/** What a set holds. Throws TargetNotFoundError for one that is gone, also where another has its name. */
export async function readSet({ name, id }: NamedSet, account: Reader): Promise<Contents> {
  try {
    const { IPSet: set, LockToken } = await account.send(new GetIPSetCommand({ Scope, Name: name, Id: id }));
    return {
      version: set?.IPAddressVersion,
      addresses: set?.Addresses ?? [],
      description: set?.Description,
      lockToken: LockToken,
    };
  } catch (error) {
    if (!hasName(error, 'WAFNonexistentItemException')) throw error;
    throw new TargetNotFoundError(`IP set ${name}`, { cause: error });
  }
}

/** Throws WrongStateError for a set that cannot take one more address of the family. */
export function checkRoom({ name }: NamedSet, { version, addresses }: Contents, family: 4 | 6): void {
  if (version !== `IPV${family}`)
    throw new WrongStateError(
      `IP set ${name}`,
      `for ${version ?? 'unknown'} addresses`,
      `a set's version is for good: delete it, and create it for IPv${family}`,
    );
  if (addresses.length >= LARGEST)
    throw new WrongStateError(
      `IP set ${name}`,
      'full',
      `it holds ${addresses.length} entries and may hold ${LARGEST}; take some out first`,
    );
}

/** Whether an entry holds the address, alone or with others. */
export function holds(addresses: readonly string[], address: Network): boolean {
  return addresses.some((entry) => {
    const range = parseNetwork(entry);
    return range !== undefined && covers(range, address);
  });
}

/** Adds an address that no entry is. */
export function addAddress(set: NamedSet, cidr: string, account: Writer): Promise<void> {
  return change(set, account, (addresses) =>
    addresses.some((entry) => isSame(entry, cidr)) ? undefined : [...addresses, cidr],
  );
}

/** Removes the entry of exactly this address. A wider one was never ours. */
export function removeAddress(set: NamedSet, cidr: string, account: Writer): Promise<void> {
  return change(set, account, (addresses) => {
    const others = addresses.filter((entry) => !isSame(entry, cidr));
    return others.length === addresses.length ? undefined : others;
  });
}

/** WAF takes an address in any spelling, and may answer another than it was given. */
function isSame(one: string, other: string): boolean {
  const [left, right] = [parseNetwork(one), parseNetwork(other)];
  return (
    left !== undefined &&
    left.family === right?.family &&
    left.bits === right.bits &&
    left.first === right.first
  );
}

/**
 * UpdateIPSet replaces everything, so each attempt starts from what is there now: what somebody else writes meanwhile
 * stays (https://docs.aws.amazon.com/waf/latest/APIReference/API_UpdateIPSet.html). `wanted` answers undefined where
 * nothing is to be changed. Throws NotYetError where others change the set all the time.
 */
async function change(
  set: NamedSet,
  account: Writer,
  wanted: (addresses: readonly string[]) => readonly string[] | undefined,
): Promise<void> {
  for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
    const now = await readSet(set, account);
    const addresses = wanted(now.addresses);
    if (!addresses || (await replace(set, { ...now, addresses }, account))) return;
  }
  throw new NotYetError(`IP set ${set.name}`, 'being changed by others');
}

/** Answers false where somebody was faster. What the call leaves out is lost, the description too. */
async function replace(
  { name, id }: NamedSet,
  { addresses, description, lockToken }: Contents,
  account: Writer,
): Promise<boolean> {
  try {
    await account.send(
      new UpdateIPSetCommand({
        Scope,
        Name: name,
        Id: id,
        Addresses: [...addresses],
        LockToken: lockToken,
        ...(description ? { Description: description } : {}),
      }),
    );
    return true;
  } catch (error) {
    if (!hasName(error, 'WAFOptimisticLockException')) throw error;
    return false;
  }
}
