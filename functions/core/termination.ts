import * as z from 'zod';

/** What would be lost if an instance were terminated now: the volumes whose disks go with it. */
export const Termination = z.strictObject({
  protected: z.boolean(),
  volumes: z.array(z.strictObject({ id: z.string(), device: z.string(), deleted: z.boolean() })),
});
export type Termination = z.infer<typeof Termination>;

/** What DescribeInstances answers of an instance's disks. */
interface Disks {
  readonly BlockDeviceMappings?:
    | readonly {
        readonly DeviceName?: string | undefined;
        readonly Ebs?:
          | { readonly VolumeId?: string | undefined; readonly DeleteOnTermination?: boolean | undefined }
          | undefined;
      }[]
    | undefined;
}

/** `disabled` is DescribeInstanceAttribute's DisableApiTermination: DescribeInstances does not show it. */
export function terminationOf({ BlockDeviceMappings: mappings = [] }: Disks, disabled: boolean): Termination {
  const volumes = mappings.flatMap(({ DeviceName, Ebs }) =>
    Ebs?.VolumeId === undefined
      ? []
      : [{ id: Ebs.VolumeId, device: DeviceName ?? '', deleted: Ebs.DeleteOnTermination ?? false }],
  );
  return { protected: disabled, volumes: volumes.sort((a, b) => a.device.localeCompare(b.device)) };
}

/** Nothing is lost: the same volumes, kept. */
export function safe({ volumes }: Termination): Termination {
  return { protected: true, volumes: volumes.map((volume) => ({ ...volume, deleted: false })) };
}

/** The input of ModifyInstanceAttribute, which takes one attribute a call. */
export interface AttributeChange {
  InstanceId: string;
  DisableApiTermination?: { Value: boolean };
  BlockDeviceMappings?: { DeviceName: string; Ebs: { VolumeId: string; DeleteOnTermination: boolean } }[];
}

/** The calls that make it so; each is idempotent. */
export function attributeChanges(InstanceId: string, wanted: Termination): AttributeChange[] {
  const protection = { InstanceId, DisableApiTermination: { Value: wanted.protected } };
  if (wanted.volumes.length === 0) return [protection];
  const BlockDeviceMappings = wanted.volumes.map((volume) => ({
    DeviceName: volume.device,
    Ebs: { VolumeId: volume.id, DeleteOnTermination: volume.deleted },
  }));
  return [protection, { InstanceId, BlockDeviceMappings }];
}
