import {
  createHash,
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  type KeyObject,
} from 'node:crypto';
import type * as kms from '@aws-sdk/client-kms';
import * as z from 'zod';
import type { PolicyDocument } from '../authorize/policy.ts';
import { durable, type Home } from '../home.ts';
import { AwsError, type Operation, operation, type Requirement } from '../wire/service.ts';
import { signDigest } from './p256.ts';

type Sign = [kms.SignCommandInput, kms.SignCommandOutput];
type GetPublicKey = [kms.GetPublicKeyCommandInput, kms.GetPublicKeyCommandOutput];

interface SigningKey {
  readonly id: string;
  readonly arn: string;
  readonly policy: PolicyDocument;
  readonly material: KeyObject;
}

const KeyProperties = z.looseObject({
  KeyPolicy: z.custom<PolicyDocument>((value) => value !== null && typeof value === 'object'),
  KeySpec: z.string().default('SYMMETRIC_DEFAULT'),
  KeyUsage: z.string().default('ENCRYPT_DECRYPT'),
});

const ALGORITHM = 'ECDSA_SHA_256';
/** https://docs.aws.amazon.com/kms/latest/APIReference/API_Sign.html, Message. */
const LONGEST_MESSAGE = 4096;

/** Signing with keys of ECC_NIST_P256, and telling their public half. Throws for any other asymmetric key. */
export function signingOperations(home: Home): Readonly<Record<string, Operation>> {
  const keys = readKeys(home);
  const find = (reference = ''): SigningKey => {
    const key = keys.find(({ id, arn }) => id === reference || arn === reference);
    if (key) return key;
    throw new AwsError('NotFoundException', `Key '${reference}' does not exist`);
  };
  return {
    Sign: operation<Sign[0], Sign[1]>({
      requires: ({ KeyId }) => [requirement('kms:Sign', find(KeyId))],
      handle: (input) => sign(input, find(input.KeyId)),
    }),
    GetPublicKey: operation<GetPublicKey[0], GetPublicKey[1]>({
      requires: ({ KeyId }) => [requirement('kms:GetPublicKey', find(KeyId))],
      handle: ({ KeyId }) => publicKeyOf(find(KeyId)),
    }),
  };
}

function readKeys(home: Home): readonly SigningKey[] {
  const materials = durable<string>(home, 'kms-signing');
  return home.stack
    .ofType('AWS::KMS::Key', KeyProperties)
    .filter(({ properties: { KeySpec } }) => KeySpec !== 'SYMMETRIC_DEFAULT')
    .map(({ ref, arn, properties: { KeyPolicy, KeySpec, KeyUsage } }) => {
      if (KeySpec !== 'ECC_NIST_P256' || KeyUsage !== 'SIGN_VERIFY')
        throw new Error(`the sandbox has no keys of ${KeySpec} for ${KeyUsage}`);
      const pem = materials.get(ref) ?? newKey();
      if (!materials.has(ref)) materials.set(ref, pem);
      return { id: ref, arn, policy: KeyPolicy, material: createPrivateKey(pem) };
    });
}

function newKey(): string {
  const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'prime256v1' });
  return privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
}

function requirement(action: string, { arn, policy }: SigningKey): Requirement {
  return { action, resource: arn, resourcePolicy: { document: policy, mandatory: true } };
}

function sign(input: Sign[0], { arn, material }: SigningKey) {
  const { Message = new Uint8Array(), MessageType = 'RAW', SigningAlgorithm } = input;
  if (SigningAlgorithm !== ALGORITHM)
    throw new AwsError(
      'InvalidKeyUsageException',
      `Algorithm ${SigningAlgorithm} is incompatible with the key`,
    );
  if (MessageType === 'DIGEST' && Message.length !== 32)
    throw new AwsError('ValidationException', 'Digest is invalid length for algorithm ECDSA_SHA_256');
  if (Message.length < 1 || Message.length > LONGEST_MESSAGE)
    throw new AwsError('ValidationException', `A message has 1 to ${LONGEST_MESSAGE} bytes`);
  const digest = MessageType === 'DIGEST' ? Message : createHash('sha256').update(Message).digest();
  return { KeyId: arn, Signature: signDigest(digest, material), SigningAlgorithm: ALGORITHM } as const;
}

function publicKeyOf({ arn, material }: SigningKey): Omit<GetPublicKey[1], '$metadata'> {
  return {
    KeyId: arn,
    PublicKey: createPublicKey(material).export({ type: 'spki', format: 'der' }),
    KeySpec: 'ECC_NIST_P256',
    KeyUsage: 'SIGN_VERIFY',
    SigningAlgorithms: [ALGORITHM],
  };
}
