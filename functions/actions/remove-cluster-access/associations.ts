import { AssociateAccessPolicyCommand, DisassociateAccessPolicyCommand } from '@aws-sdk/client-eks';
import { TargetNotFoundError } from '../../core/errors.ts';
import { hasName } from '../../core/named-error.ts';
import { shortName } from './entry.ts';
import type { AccessPolicy, Before, Writer } from './operations.ts';

/** A policy, or an entry, that is gone already is what was asked for. */
export async function disassociate(
  { cluster: clusterName, principal: principalArn }: Before,
  { policyArn }: AccessPolicy,
  account: Writer,
): Promise<void> {
  try {
    await account.send(new DisassociateAccessPolicyCommand({ clusterName, principalArn, policyArn }));
  } catch (error) {
    if (!hasName(error, 'ResourceNotFoundException')) throw error;
  }
}

/** Throws TargetNotFoundError where the entry was deleted since. */
export async function associate(
  { cluster: clusterName, principal: principalArn }: Before,
  { policyArn, scope, namespaces }: AccessPolicy,
  account: Writer,
): Promise<void> {
  const accessScope = { type: scope, ...(scope === 'namespace' ? { namespaces: [...namespaces] } : {}) };
  try {
    await account.send(
      new AssociateAccessPolicyCommand({ clusterName, principalArn, policyArn, accessScope }),
    );
  } catch (error) {
    if (!hasName(error, 'ResourceNotFoundException')) throw error;
    throw new TargetNotFoundError(`access of ${shortName(principalArn)} to cluster ${clusterName}`, {
      cause: error,
    });
  }
}
