import { DescribeOrganizationCommand, ListRootsCommand } from '@aws-sdk/client-organizations';
import { WrongStateError } from '../../core/errors.ts';
import { hasName } from '../../core/named-error.ts';
import { Organization, type Reader } from './operations.ts';

/**
 * The account's organization, if its service control policies bind the account and the account may write them.
 * Throws WrongStateError that says what is missing.
 */
export async function readOrganization(account: Reader): Promise<Organization> {
  const name = `account ${account.id}`;
  const { Organization: found } = await asAdministrator(account, () =>
    account.send(new DescribeOrganizationCommand({})),
  );
  if (found?.FeatureSet !== 'ALL')
    throw new WrongStateError(
      name,
      'in an organization without all features',
      'it has no service control policies; enable all features in AWS Organizations',
    );
  if (found.MasterAccountId === account.id)
    throw new WrongStateError(
      name,
      "its organization's management account",
      'service control policies never bind that; contain the principal in IAM',
    );
  await requirePolicyType(account);
  return Organization.parse({ id: found.Id, managementAccount: found.MasterAccountId });
}

/** What DescribeOrganization says of policy types is out of date by AWS's own word; the root knows. */
async function requirePolicyType(account: Reader): Promise<void> {
  const { Roots: roots = [] } = await asAdministrator(account, () => account.send(new ListRootsCommand({})));
  const types = roots.flatMap(({ PolicyTypes = [] }) => PolicyTypes);
  if (!types.some(({ Type, Status }) => Type === 'SERVICE_CONTROL_POLICY' && Status === 'ENABLED'))
    throw new WrongStateError(
      `account ${account.id}`,
      'in an organization that does not use service control policies',
      'enable that policy type in AWS Organizations',
    );
}

/** Says in words why Organizations answers nobody here. Throws WrongStateError. */
export async function asAdministrator<Answer>(account: Reader, ask: () => Promise<Answer>): Promise<Answer> {
  try {
    return await ask();
  } catch (error) {
    const name = `account ${account.id}`;
    if (hasName(error, 'AWSOrganizationsNotInUseException'))
      throw new WrongStateError(name, 'in no organization', 'it has no service control policies', {
        cause: error,
      });
    if (hasName(error, 'AccessDeniedException'))
      throw new WrongStateError(
        name,
        'not one that may manage the policies of its organization',
        'only the management account and whom it delegates that to may; add this account to the delegation policy in AWS Organizations',
        { cause: error },
      );
    throw error;
  }
}
