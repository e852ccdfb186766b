import {
  AttachPolicyCommand,
  CreatePolicyCommand,
  DeletePolicyCommand,
  DescribePolicyCommand,
  DetachPolicyCommand,
  ListPoliciesCommand,
  ListPoliciesForTargetCommand,
  type PolicySummary,
} from '@aws-sdk/client-organizations';
import type { Execution } from '../../core/account.ts';
import { NotOursError, NotYetError, WrongStateError } from '../../core/errors.ts';
import { hasName } from '../../core/named-error.ts';
import { ownPolicyName } from '../../core/own-policy.ts';
import { reservedTags } from '../../core/reserved-tags.ts';
import { denyingOnly } from './document.ts';
import { ACTION, type Before, type Reader, type Writer } from './operations.ts';

const TYPE = 'SERVICE_CONTROL_POLICY';

/** A service control policy that is Sallyport's own work, by name and by every byte of its document. */
export interface OwnScp {
  readonly name: string;
  readonly document: string;
}

export function scpOf({ arn }: Before, execution: Execution): OwnScp {
  return { name: ownPolicyName('SallyportDeny', execution), document: denyingOnly(arn) };
}

/** Those that are attached to the account itself; what its units and the root pass on is not among them. */
export function readAttached(account: Reader): Promise<readonly PolicySummary[]> {
  return pages(({ NextToken }) =>
    account.send(new ListPoliciesForTargetCommand({ TargetId: account.id, Filter: TYPE, NextToken })),
  );
}

/** The id of ours in the organization, or undefined. Throws NotOursError where somebody else's has the name. */
export async function findOwn(scp: OwnScp, account: Reader): Promise<string | undefined> {
  const all = await pages(({ NextToken }) =>
    account.send(new ListPoliciesCommand({ Filter: TYPE, NextToken })),
  );
  const id = all.find(({ Name }) => Name === scp.name)?.Id;
  if (id === undefined || (await isOurs(id, scp, account))) return id;
  throw new NotOursError(
    `service control policy ${scp.name}`,
    'it is not what Sallyport writes under that name; read it, and delete it if nobody needs it',
  );
}

/** Whether the document is still the one that was written. */
export async function isOurs(PolicyId: string, { document }: OwnScp, account: Reader): Promise<boolean> {
  const { Policy: policy } = await account.send(new DescribePolicyCommand({ PolicyId }));
  return policy?.Content === document;
}

/** Throws WrongStateError where the organization has no room for another policy, NotYetError where AWS is behind. */
export async function create(
  scp: OwnScp,
  { incident, manifestHash }: Execution,
  account: Writer,
): Promise<string> {
  const { Policy: policy } = await changing(scp, () =>
    account.send(
      new CreatePolicyCommand({
        Name: scp.name,
        Description: 'Denies everything to one principal. Written by Sallyport, which deletes it again.',
        Content: scp.document,
        Type: TYPE,
        Tags: [
          { Key: reservedTags.action, Value: ACTION },
          { Key: reservedTags.incident, Value: incident },
          { Key: reservedTags.plan, Value: manifestHash },
        ],
      }),
    ),
  );
  return policy?.PolicySummary?.Id ?? '';
}

/** Throws WrongStateError where the account has as many policies as it may have. */
export async function attach(scp: OwnScp, PolicyId: string, account: Writer): Promise<void> {
  await changing(scp, () =>
    unless('DuplicatePolicyAttachmentException', () =>
      account.send(new AttachPolicyCommand({ PolicyId, TargetId: account.id })),
    ),
  );
}

/** What is detached or deleted already is what was asked for. */
export async function remove(scp: OwnScp, PolicyId: string, account: Writer): Promise<void> {
  await changing(scp, () =>
    unless('PolicyNotAttachedException', () =>
      account.send(new DetachPolicyCommand({ PolicyId, TargetId: account.id })),
    ),
  );
  await changing(scp, () =>
    unless('PolicyNotFoundException', () => account.send(new DeletePolicyCommand({ PolicyId }))),
  );
}

async function unless(name: string, change: () => Promise<unknown>): Promise<void> {
  try {
    await change();
  } catch (error) {
    if (!hasName(error, name)) throw error;
  }
}

/** AWS's refusals in words (https://docs.aws.amazon.com/organizations/latest/userguide/orgs_reference_limits.html). */
async function changing<Answer>({ name }: OwnScp, change: () => Promise<Answer>): Promise<Answer> {
  try {
    return await change();
  } catch (error) {
    const policy = `service control policy ${name}`;
    if (hasName(error, 'ConcurrentModificationException', 'PolicyChangesInProgressException'))
      throw new NotYetError(policy, "waiting for another change of the organization's policies");
    // It was made by an earlier try, and the list does not show it yet.
    if (hasName(error, 'DuplicatePolicyException')) throw new NotYetError(policy, 'not to be seen');
    if (hasName(error, 'PolicyInUseException'))
      throw new WrongStateError(
        policy,
        'attached elsewhere by somebody',
        'detach it there, then ask for the rollback again',
      );
    if (hasName(error, 'ConstraintViolationException'))
      throw new WrongStateError(
        policy,
        `one more than AWS Organizations allows (${reasonOf(error)})`,
        'detach a service control policy that is not needed from the account, merge two into one, or delete an unused one',
        { cause: error },
      );
    throw error;
  }
}

/** `MAX_POLICY_TYPE_ATTACHMENT_LIMIT_EXCEEDED`: one of AWS's own words. */
function reasonOf(error: unknown): string {
  const reason: unknown = error instanceof Error && 'Reason' in error ? error.Reason : undefined;
  return typeof reason === 'string' ? reason : 'a quota';
}

interface Page {
  readonly Policies?: readonly PolicySummary[] | undefined;
  readonly NextToken?: string | undefined;
}

async function pages(
  ask: (input: { NextToken: string | undefined }) => Promise<Page>,
): Promise<readonly PolicySummary[]> {
  const policies: PolicySummary[] = [];
  let NextToken: string | undefined;
  do {
    const page = await ask({ NextToken });
    policies.push(...(page.Policies ?? []));
    NextToken = page.NextToken;
  } while (NextToken);
  return policies;
}
