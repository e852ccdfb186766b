import { openAccount } from '../adapters/account.ts';
import { accountClients, type Services } from '../adapters/account-clients.ts';
import type { Account, AwsCommandClass } from '../core/account.ts';
import { AccountNotCoveredError } from '../core/errors.ts';
import type { Place } from '../core/resource-pattern.ts';
import { environment } from './environment.ts';

/**
 * Opens accounts for reading with the function's own role. That role sees its own account only: asked about a user of
 * another one it would answer with whoever has the same name here, so it throws AccountNotCoveredError.
 */
export function coveredAccount(services: Services, mode: 'read' | 'keep' = 'read') {
  const { COVERED_ACCOUNT, FORENSICS_ACCOUNT: forensicsAccount } = environment(
    'COVERED_ACCOUNT',
    'FORENSICS_ACCOUNT',
  );
  const clients = accountClients(services)();
  return (
    { account: id, region }: Place,
    declared: readonly AwsCommandClass[],
  ): Account<readonly AwsCommandClass[]> => {
    if (COVERED_ACCOUNT !== '*' && COVERED_ACCOUNT !== id)
      throw new AccountNotCoveredError(id, COVERED_ACCOUNT);
    return openAccount({ id, region, declared, mode, clients, forensicsAccount });
  };
}
