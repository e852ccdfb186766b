import { type Account, defineTool } from '../../core/account.ts';
import { entityKey, type HandledEntity } from '../../core/entity.ts';
import type { Finding } from '../../core/finding.ts';
import type { Knowledge } from '../../core/intelligence.ts';
import { isGlobal } from '../../core/network.ts';
import { hashesOf, type Observable, observableOf, parseObservable } from '../../core/observable.ts';
import { sharingOf } from '../../core/shared-addresses.ts';
import { addressBook, reads } from './address-book.ts';
import { Output, type Standing, withoutSightings, withSightings } from './output.ts';

/** Hashes of one finding's files that are looked up. */
const MOST_HASHES = 20;

/**
 * What the threat feeds say. A warning list wins over every indicator, and so does that the address is our own, AWS's or
 * none of the internet: a feed may be wrong, or be made wrong.
 */
export const threatIntelligence = defineTool({
  id: 'threat-intelligence',
  title: 'What threat feeds say',
  description:
    'Whether the threat feeds in this account name an address, a domain, or the hash of a file that findings about this entity name: feed, age, confidence. Warning lists and own addresses win.',
  targets: ['address', 'domain', 'instance', 'container', 'object'],
  reads,
  permissions: [
    {
      actions: ['ec2:DescribeNetworkInterfaces', 'ec2:DescribeAddresses', 'ec2:DescribeManagedPrefixLists'],
      resources: ['*'],
    },
    {
      actions: ['ec2:GetManagedPrefixListEntries'],
      resources: ['arn:{partition}:ec2:{region}:aws:prefix-list/*'],
    },
  ],
  output: Output,
  // A feed's publisher names its lists, and whoever registers a domain names that.
  tainted: ['/indicators/*/list', '/indicators/*/matched', '/warnings/*/list', '/warnings/*/matched'],

  async ask(target, { account, intelligence, findings, now }) {
    const asked = askedAbout(target, findings);
    if (asked.length === 0) return withoutSightings('nothing-to-ask');
    if (asked.some(isPrivate)) return withoutSightings('not-on-the-internet');
    const answers = await Promise.all(asked.map((one) => intelligence.about(one)));
    const known = answers.filter((one) => one !== undefined);
    if (known.length === 0) return withoutSightings('nothing-compiled');
    const telling = known.find(counts) ?? known.find(({ warnings }) => warnings.length > 0) ?? joined(known);
    return withSightings(await standingOf(telling, asked, account), telling, now);
  },
});

/** The address or domain itself; of everything else the files that findings about it name. */
function askedAbout(target: HandledEntity, findings: readonly Finding[]): Observable[] {
  if (target.kind === 'address' || target.kind === 'domain') {
    const observable = observableOf(target);
    return observable ? [observable] : [];
  }
  const about = findings.filter(({ entities }) =>
    entities.some((entity) => entityKey(entity) === entityKey(target)),
  );
  return about
    .flatMap(hashesOf)
    .slice(0, MOST_HASHES)
    .flatMap((hex) => parseObservable(hex) ?? []);
}

function isPrivate(observable: Observable): boolean {
  return observable.kind === 'address' && !isGlobal(observable.network);
}

function counts({ indicators, warnings }: Knowledge): boolean {
  return indicators.length > 0 && warnings.length === 0;
}

function joined(known: readonly Knowledge[]): Knowledge {
  return { indicators: known.flatMap(({ indicators }) => indicators), warnings: [] };
}

/** EC2 is asked only where it makes a difference. */
async function standingOf(
  known: Knowledge,
  [first]: readonly Observable[],
  account: Account<typeof reads>,
): Promise<Standing> {
  if (known.warnings.length > 0) return 'warning-list';
  if (known.indicators.length === 0) return 'no-indicator';
  if (first?.kind !== 'address') return 'indicator';
  const sharing = await sharingOf(first.network, addressBook(account));
  return sharing?.by ?? 'indicator';
}
