import { openAccount } from '../adapters/account.ts';
import { accountClients, type Services } from '../adapters/account-clients.ts';
import { readerClients } from '../adapters/reader-clients.ts';
import type { Account, AwsCommandClass } from '../core/account.ts';
import { AccountNotCoveredError } from '../core/errors.ts';
import type { Place } from '../core/resource-pattern.ts';
import { environment } from './environment.ts';
import { clock } from './ports.ts';

/**
 * Opens accounts for reading: its own with the function's role, a member's with the reader role there; to keep
 * evidence, each with the role for that. One role sees one account only, and asked about a user of another it would
 * answer with whoever has the same name there: so each account is asked through its own role, and one that is not
 * covered throws AccountNotCoveredError.
 */
export function coveredAccount(services: Services, mode: 'read' | 'keep' = 'read') {
  const {
    OWN_ACCOUNT,
    MEMBER_ACCOUNTS,
    READER_ROLE_ARN,
    FORENSICS_ACCOUNT: forensicsAccount,
  } = environment('OWN_ACCOUNT', 'MEMBER_ACCOUNTS', 'READER_ROLE_ARN', 'FORENSICS_ACCOUNT');
  const clientsOf = accountClients(services);
  const through = readerClients({ clientsOf, roleArnPattern: READER_ROLE_ARN, clock });
  const clientsFor = (place: Place, incident: string) => {
    if (MEMBER_ACCOUNTS.has(place.account)) return through(place, incident);
    if (OWN_ACCOUNT === place.account || OWN_ACCOUNT === '*')
      return mode === 'keep' ? through(place, incident) : clientsOf();
    throw new AccountNotCoveredError(place.account);
  };
  return (
    place: Place,
    declared: readonly AwsCommandClass[],
    incident: string,
  ): Account<readonly AwsCommandClass[]> => {
    const { account: id, region } = place;
    return openAccount({
      id,
      region,
      declared,
      mode,
      clients: clientsFor(place, incident),
      forensicsAccount,
    });
  };
}
