import { NotOursError, NotYetError, TargetNotFoundError } from './errors.ts';
import { hasName } from './named-error.ts';
import type { Tag } from './reserved-tags.ts';
import { fillResource, type Place } from './resource-pattern.ts';

/** What AWS lets a function be called (https://docs.aws.amazon.com/lambda/latest/api/API_CreateFunction.html). */
const NAME = /^[\w-]{1,64}$/;
/** Every function of ours, and what the boundary of each action's role keeps out of reach. */
const OWN = /^sallyport-/;

/** The pattern of a function's ARN, or of all functions'. */
export function lambdaFunction(name = '*'): string {
  return `arn:{partition}:lambda:{region}:{account}:function:${name}`;
}

/** The ARN by which calls name a function: a name alone could mean another account's or region's. */
export function functionArn({ id, ...place }: Place & { readonly id: string }): string {
  return fillResource(lambdaFunction(id), place);
}

/** Whether a function is Sallyport's own. */
export function isOwnFunction(name: string): boolean {
  return OWN.test(name);
}

type ListTags = (input: { readonly Resource: string }) => Promise<{
  readonly Tags?: Readonly<Record<string, string>> | undefined;
}>;

/** The tags of a function that is to be changed. Throws TargetNotFoundError, and NotOursError for Sallyport's own. */
export async function readFunctionTags(
  target: Place & { readonly id: string },
  listTags: ListTags,
): Promise<readonly Tag[]> {
  if (isOwnFunction(target.id))
    throw new NotOursError(
      `function ${target.id}`,
      "it is one of Sallyport's own, or bears such a name; use the kill switch, or change it by hand",
    );
  return functionTags(target, listTags);
}

/**
 * A function's tags, which also shows that there is such a function; its configuration would show the environment's
 * secrets. Throws TargetNotFoundError.
 */
export async function functionTags(
  target: Place & { readonly id: string },
  listTags: ListTags,
): Promise<readonly Tag[]> {
  const name = `function ${target.id}`;
  if (!NAME.test(target.id)) throw new TargetNotFoundError(name);
  const { Tags: tags = {} } = await listTags({ Resource: functionArn(target) }).catch((error: unknown) => {
    throw hasName(error, 'ResourceNotFoundException')
      ? new TargetNotFoundError(name, { cause: error })
      : error;
  });
  return Object.entries(tags).map(([Key, Value]) => ({ Key, Value }));
}

/** Makes one change. Throws TargetNotFoundError where the function is gone, NotYetError while another change goes on. */
export async function changeFunction(id: string, change: () => Promise<unknown>): Promise<void> {
  const name = `function ${id}`;
  try {
    await change();
  } catch (error) {
    if (hasName(error, 'ResourceNotFoundException')) throw new TargetNotFoundError(name, { cause: error });
    if (hasName(error, 'ResourceConflictException')) throw new NotYetError(name, 'being changed');
    throw error;
  }
}
