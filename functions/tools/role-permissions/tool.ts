import { defineTool } from '../../core/account.ts';
import { boundedList, boundedText } from '../../core/bounded.ts';
import { hasName } from '../../core/named-error.ts';
import { isProtected } from '../../core/reserved-tags.ts';
import { parseStatements, powersOf, type Statement } from './document.ts';
import { PrincipalPermissions } from './output.ts';
import { managedDocument, type Principal, type Reader, readRole, reads, readUser } from './principal.ts';
import { trustOf } from './trust.ts';

/** Policies of each sort that are read; quotas are 20 attached at most, ten by default. */
const LISTED = 10;

/** What a role or user may do, and who may become it. */
export const rolePermissions = defineTool({
  id: 'role-permissions',
  title: 'Trust and permissions of a role or user',
  description:
    'Summary of a role or user: who may assume it (external accounts, anyone), its policies and groups, whether it is an administrator or can change IAM, whether AWS owns it. `unread` names what was not looked into.',
  targets: ['role', 'user'],
  reads,
  permissions: [
    {
      actions: ['iam:GetRole', 'iam:ListAttachedRolePolicies', 'iam:ListRolePolicies', 'iam:GetRolePolicy'],
      resources: ['arn:{partition}:iam::{account}:role/*'],
    },
    {
      actions: [
        'iam:GetUser',
        'iam:ListAttachedUserPolicies',
        'iam:ListUserPolicies',
        'iam:GetUserPolicy',
        'iam:ListGroupsForUser',
      ],
      resources: ['arn:{partition}:iam::{account}:user/*'],
    },
    {
      actions: ['iam:GetPolicy', 'iam:GetPolicyVersion'],
      resources: ['arn:{partition}:iam::{account}:policy/*', 'arn:{partition}:iam::aws:policy/*'],
    },
  ],
  output: PrincipalPermissions,
  tainted: [
    '/name',
    '/arn',
    '/permissionsBoundary',
    '/trust/principals/*/type',
    '/trust/principals/*/value',
    '/attachedPolicies/*/name',
    '/attachedPolicies/*/arn',
    '/inlinePolicies/*',
    '/groups/*',
  ],

  async ask(target, { account }) {
    try {
      const read = target.kind === 'role' ? readRole : readUser;
      return await summarise(target.id, await read(target.id, account), account);
    } catch (error) {
      if (hasName(error, 'NoSuchEntityException')) return undefined;
      throw error;
    }
  },
});

async function summarise(name: string, principal: Principal, account: Reader): Promise<PrincipalPermissions> {
  const attached = boundedList(principal.attached, LISTED);
  const inline = boundedList(principal.inline, LISTED);
  const groups = boundedList(principal.groups, LISTED);
  const statements: Statement[] = [];
  let unreadable = false;
  const collect = async (document: Promise<string | undefined>) => {
    const found = statementsIn(await document);
    if (found) statements.push(...found);
    else unreadable = true;
  };
  for (const { arn } of attached.items) await collect(managedDocument(arn, account));
  for (const policy of inline.items) await collect(principal.inlineDocument(policy));
  const further = principal.truncated || attached.truncated || inline.truncated || groups.truncated;
  return {
    kind: principal.kind,
    name: boundedText(name),
    arn: boundedText(principal.arn, 512),
    createdAt: principal.createdAt,
    serviceLinked: principal.path.startsWith('/aws-service-role/'),
    identityCenter: principal.path.startsWith('/aws-reserved/'),
    protected: isProtected(principal.tags),
    permissionsBoundary: principal.boundary,
    trust: principal.kind === 'role' ? trustOf(principal.trustPolicy, account.id) : null,
    attachedPolicies: attached.items.map((one) => ({
      name: boundedText(one.name),
      arn: boundedText(one.arn, 512),
    })),
    inlinePolicies: inline.items.map((one) => boundedText(one)),
    groups: groups.items.map((one) => boundedText(one)),
    ...powersOf(statements),
    unread: [
      ...(groups.items.length ? (['group policies'] as const) : []),
      ...(further ? (['further policies'] as const) : []),
      ...(unreadable ? (['unreadable policies'] as const) : []),
    ],
    truncated: further,
  };
}

/** A policy that we cannot read is said to be so, not left out in silence. */
function statementsIn(document: string | undefined): readonly Statement[] | undefined {
  try {
    return parseStatements(document);
  } catch {
    return undefined;
  }
}
