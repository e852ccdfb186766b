import { GetConsoleOutputCommand } from '@aws-sdk/client-ec2';
import { TargetNotFoundError } from '../core/errors.ts';
import { defineExhibit } from '../core/exhibit.ts';
import { hasName } from '../core/named-error.ts';
import { ec2Resource } from '../core/resource-pattern.ts';

/**
 * At most 64 kB that the instance wrote to its console, as AWS kept it after the last start, stop or reboot. `Latest`
 * would ask for this moment, and instances that are not on the Nitro system do not have that
 * (https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_GetConsoleOutput.html).
 */
export const consoleOutput = defineExhibit({
  id: 'console-output',
  title: 'What the instance wrote to its console, without what looks like a secret',
  targets: ['instance'],
  occasions: ['before-change'],
  reads: [GetConsoleOutputCommand],
  permissions: [{ actions: ['ec2:GetConsoleOutput'], resources: [ec2Resource('instance')] }],

  async collect({ id: InstanceId }, { account }) {
    const { Output, Timestamp } = await account
      .send(new GetConsoleOutputCommand({ InstanceId }))
      .catch(notFound(InstanceId));
    return {
      content: { InstanceId, Timestamp, text: Buffer.from(Output ?? '', 'base64').toString('utf8') },
      truncated: false,
    };
  },
});

function notFound(id: string) {
  return (error: unknown): never => {
    if (!hasName(error, 'InvalidInstanceID.NotFound', 'InvalidInstanceID.Malformed')) throw error;
    throw new TargetNotFoundError(`instance ${id}`, { cause: error });
  };
}
