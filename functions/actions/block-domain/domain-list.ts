import { blockedDomains } from '../../core/blocked-domains.ts';
import { parseDomainName } from '../../core/domain-name.ts';
import { NotYetError, TargetNotFoundError, WrongStateError } from '../../core/errors.ts';
import { hasName } from '../../core/named-error.ts';
import { type Tag, tagValue } from '../../core/reserved-tags.ts';
import {
  GetFirewallDomainListCommand,
  ListFirewallDomainListsCommand,
  ListFirewallDomainsCommand,
  ListTagsForResourceCommand,
  UpdateFirewallDomainsCommand,
} from '../../resolver/commands.ts';
import type { DomainList, Reader, Writer } from './operations.ts';

/** What AWS answers of a list while it carries a change out: https://docs.aws.amazon.com/Route53/latest/APIReference/API_route53resolver_FirewallDomainList.html */
const BUSY = ['IMPORTING', 'UPDATING'];

/** A list with its tags, by which it is ours. */
interface Found {
  readonly domainList: DomainList;
  readonly tags: readonly Tag[];
}

/**
 * The list that comes with the stack: by its name, and by a tag that nobody else may put, because anybody who may make
 * lists can give one our name. Throws WrongStateError where there is none.
 */
export async function findList(account: Reader): Promise<Found> {
  const { name, tag } = blockedDomains;
  let NextToken: string | undefined;
  do {
    const page = await account.send(new ListFirewallDomainListsCommand({ MaxResults: 100, NextToken }));
    for (const { Name, Id: id, Arn: arn, ManagedOwnerName: owner } of page.FirewallDomainLists ?? []) {
      if (Name !== name || owner !== undefined || id === undefined || arn === undefined) continue;
      const tags = await readTags(arn, account);
      if (tagValue(tags, tag.key) === tag.value) return { domainList: { name, id, arn }, tags };
    }
    NextToken = page.NextToken;
  } while (NextToken);
  throw new WrongStateError(`domain list ${name}`, 'not there', 'deploy Sallyport again: it comes with it');
}

async function readTags(ResourceArn: string, account: Reader): Promise<readonly Tag[]> {
  const tags: Tag[] = [];
  let NextToken: string | undefined;
  do {
    const page = await account.send(
      new ListTagsForResourceCommand({ ResourceArn, MaxResults: 100, NextToken }),
    );
    tags.push(...(page.Tags ?? []));
    NextToken = page.NextToken;
  } while (NextToken);
  return tags;
}

/** Every entry of a list that is at rest. Throws TargetNotFoundError for one that is gone, and NotYetError while it changes. */
export async function readDomains(list: DomainList, account: Reader): Promise<readonly string[]> {
  await settled(list, account);
  const domains: string[] = [];
  let NextToken: string | undefined;
  do {
    const FirewallDomainListId = list.id;
    const page = await unlessGone(
      list,
      account.send(new ListFirewallDomainsCommand({ FirewallDomainListId, MaxResults: 5000, NextToken })),
    );
    domains.push(...(page.Domains ?? []));
    NextToken = page.NextToken;
  } while (NextToken);
  return domains;
}

async function settled(list: DomainList, account: Reader): Promise<void> {
  const { FirewallDomainList: now } = await unlessGone(
    list,
    account.send(new GetFirewallDomainListCommand({ FirewallDomainListId: list.id })),
  );
  if (BUSY.includes(now?.Status ?? '')) throw new NotYetError(`domain list ${list.name}`, 'being changed');
}

/** Whether an entry stands for the name, alone or with others: `*.example.com` is every name below it, `*` every name. */
export function holds(domains: readonly string[], domain: string): boolean {
  return domains.some((entry) => {
    if (!entry.startsWith('*')) return isSame(entry, domain);
    const above = parseDomainName(entry.slice(2));
    return /^\*\.?$/.test(entry) || (above !== undefined && domain.endsWith(`.${above}`));
  });
}

/** AWS writes a dot behind what it was given. */
function isSame(entry: string, domain: string): boolean {
  return parseDomainName(entry) === domain;
}

/** Adds a name that no entry is, and returns once AWS has carried that out. */
export async function addDomain(list: DomainList, domain: string, account: Writer): Promise<void> {
  const domains = await readDomains(list, account);
  if (!domains.some((entry) => isSame(entry, domain))) await update(list, 'ADD', domain, account);
}

/** Removes the entry of exactly this name. A wider one was never ours. */
export async function removeDomain(list: DomainList, domain: string, account: Writer): Promise<void> {
  const domains = await readDomains(list, account);
  if (domains.some((entry) => isSame(entry, domain))) await update(list, 'REMOVE', domain, account);
}

/** ADD and REMOVE leave every other entry as it is, whoever writes meanwhile. */
async function update(
  list: DomainList,
  Operation: 'ADD' | 'REMOVE',
  domain: string,
  account: Writer,
): Promise<void> {
  const subject = `domain list ${list.name}`;
  try {
    await unlessGone(
      list,
      account.send(
        new UpdateFirewallDomainsCommand({ FirewallDomainListId: list.id, Operation, Domains: [domain] }),
      ),
    );
  } catch (error) {
    if (hasName(error, 'ConflictException')) throw new NotYetError(subject, 'being changed by others');
    if (!hasName(error, 'LimitExceededException')) throw error;
    throw new WrongStateError(
      subject,
      'full',
      'the account holds as many domains as it may; take some out, or ask AWS for more',
      { cause: error },
    );
  }
  await settled(list, account);
}

async function unlessGone<Output>({ name }: DomainList, answer: Promise<Output>): Promise<Output> {
  try {
    return await answer;
  } catch (error) {
    if (!hasName(error, 'ResourceNotFoundException')) throw error;
    throw new TargetNotFoundError(`domain list ${name}`, { cause: error });
  }
}
