import { AwsError, type Operation, operation } from '../../wire/service.ts';
import { keyArn } from '../arns.ts';
import type { Cloud } from '../cloud.ts';
import { find } from '../find.ts';
import { parsePolicy } from '../policies.ts';
import type { KeyState } from './state.ts';

interface Input {
  readonly KeyId: string | undefined;
}

/**
 * An operation on one key, by id or ARN. Its key policy must allow, as AWS has it; a key that does not exist is an
 * error before anybody asks who may use it.
 */
export function onKey<In extends Input, Out extends object>(
  cloud: Cloud,
  name: string,
  handle: (key: KeyState, input: In, arn: string) => Out,
): Operation {
  return operation<In, Out>({
    requires({ KeyId }, { account }, { region }) {
      const key = keyOf(cloud, account, region, KeyId);
      const document = parsePolicy(key.policy);
      const resource = keyArn(account, region, key.keyId);
      return [{ action: `kms:${name}`, resource, resourcePolicy: { document, mandatory: true } }];
    },
    handle(input, { account }, { region }) {
      const key = keyOf(cloud, account, region, input.KeyId);
      return handle(key, input, keyArn(account, region, key.keyId)) as never;
    },
  });
}

function keyOf(cloud: Cloud, account: string, region: string, reference = ''): KeyState {
  const home = `arn:aws:kms:${region}:${account}:key/`;
  const id = reference.startsWith(home) ? reference.slice(home.length) : reference;
  if (id.startsWith('arn:') && !/^arn:aws[\w-]*:kms:[\w-]+:\d{12}:key\/[\w-]+$/.test(id))
    throw new AwsError('InvalidArnException', `Invalid arn ${reference}`);
  const key = find(cloud.region(account, region).kms.keys, id);
  if (!key)
    throw new AwsError(
      'NotFoundException',
      id.startsWith('arn:') || /^[\w-]{36}$/.test(id)
        ? `Key '${home}${id}' does not exist`
        : `Invalid keyId '${reference}'`,
    );
  return key;
}
