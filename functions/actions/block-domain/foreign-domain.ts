import { isWithin, parseDomainName } from '../../core/domain-name.ts';
import { TargetNotFoundError, WrongStateError } from '../../core/errors.ts';
import { ListResolverRulesCommand } from '../../resolver/commands.ts';
import type { Reader } from './operations.ts';

/**
 * What AWS's own endpoints, consoles and certificates are under: the suffixes of its partitions (botocore,
 * `data/partitions.json`), sign-in, Identity Center's portal and Amazon Trust Services.
 */
const AWS_DOMAINS = [
  'amazonaws.com',
  'amazonaws.com.cn',
  'amazonaws.eu',
  'api.aws',
  'api.amazonwebservices.com.cn',
  'api.amazonwebservices.eu',
  'aws.amazon.com',
  'amazonaws.cn',
  'awsapps.com',
  'amazontrust.com',
];

/** Names that nobody on the internet has: RFC 6761, RFC 6762, RFC 9476, and ICANN's `internal`. */
const PRIVATE_DOMAINS = ['localhost', 'local', 'internal', 'alt', 'arpa'];

/** Second levels under which a country's registry sells names: `co.uk`, `com.au`, `ac.jp`. */
const REGISTRY = /^(ac|co|com|edu|gob|gouv|gov|ltd|mil|ne|net|nom|or|org|plc)\.[a-z]{2}$/;

/**
 * The name in its one spelling. Throws TargetNotFoundError for what is no name that DNS Firewall takes, and
 * WrongStateError for one that is not a stranger's.
 */
export async function foreignDomain(text: string, account: Reader): Promise<string> {
  const name = parseDomainName(text);
  if (name === undefined) throw new TargetNotFoundError(`domain ${JSON.stringify(text.slice(0, 255))}`);
  const refuse = (state: string, advice: string) => new WrongStateError(`domain ${name}`, state, advice);
  if (!name.includes('.') || REGISTRY.test(name))
    throw refuse('a registry’s own', 'everybody’s names are under it; block the one that was asked for');
  if (PRIVATE_DOMAINS.some((domain) => isWithin(name, domain)))
    throw refuse('private or reserved', 'nobody on the internet has it');
  const aws = AWS_DOMAINS.find((domain) => isWithin(name, domain));
  if (aws !== undefined)
    throw refuse(`under AWS’s own ${aws}`, 'close the resource behind it, or block the name by hand');
  const own = await ownDomainOf(name, account);
  if (own !== undefined)
    throw refuse(`under ${own}, which your own resolvers answer`, 'find out there what it leads to');
  return name;
}

/** The domain above the name, or the name, that a rule forwards to a network of the owner's. `.` is every name, and nobody's. */
async function ownDomainOf(name: string, account: Reader): Promise<string | undefined> {
  let NextToken: string | undefined;
  do {
    const page = await account.send(new ListResolverRulesCommand({ MaxResults: 100, NextToken }));
    const forwarded = (page.ResolverRules ?? [])
      .filter(({ RuleType }) => RuleType === 'FORWARD' || RuleType === 'DELEGATE')
      .flatMap(({ DomainName = '' }) => parseDomainName(DomainName) ?? []);
    const own = forwarded.find((domain) => isWithin(name, domain));
    if (own !== undefined) return own;
    NextToken = page.NextToken;
  } while (NextToken);
  return undefined;
}
