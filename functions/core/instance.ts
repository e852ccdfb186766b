import { TargetNotFoundError } from './errors.ts';
import { hasName } from './named-error.ts';

interface Stateful {
  readonly State?: { readonly Name?: string | undefined } | undefined;
}

type Describe<Instance> = (input: { InstanceIds: string[] }) => Promise<{
  readonly Reservations?: readonly { readonly Instances?: readonly Instance[] | undefined }[] | undefined;
}>;

/** Reads one instance. One that is terminated is still described for about an hour, but is gone: TargetNotFoundError. */
export async function readInstance<Instance extends Stateful>(
  id: string,
  describe: Describe<Instance>,
): Promise<Instance> {
  try {
    const { Reservations: reservations } = await describe({ InstanceIds: [id] });
    const instance = reservations?.[0]?.Instances?.[0];
    if (instance && instance.State?.Name !== 'terminated') return instance;
  } catch (error) {
    if (!hasName(error, 'InvalidInstanceID.NotFound', 'InvalidInstanceID.Malformed')) throw error;
    throw new TargetNotFoundError(`instance ${id}`, { cause: error });
  }
  throw new TargetNotFoundError(`instance ${id}`);
}
