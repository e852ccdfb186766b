import { createCipheriv, createDecipheriv, createHash, randomBytes } from 'node:crypto';
import * as kms from '@aws-sdk/client-kms';
import * as z from 'zod';
import type { PolicyDocument } from '../authorize/policy.ts';
import { durable, type Home } from '../home.ts';
import { AwsError, operation, type Requirement, type Service } from '../wire/service.ts';
import { signingOperations } from './kms-signing.ts';

type Encrypt = [kms.EncryptCommandInput, kms.EncryptCommandOutput];
type Decrypt = [kms.DecryptCommandInput, kms.DecryptCommandOutput];
type EncryptionContext = Readonly<Record<string, string>> | undefined;

interface Key {
  readonly id: string;
  readonly arn: string;
  readonly policy: PolicyDocument;
  readonly material: Buffer;
}

const KeyProperties = z.looseObject({
  KeyPolicy: z.custom<PolicyDocument>((value) => value !== null && typeof value === 'object'),
  KeySpec: z.string().default('SYMMETRIC_DEFAULT'),
});
const AliasProperties = z.looseObject({ AliasName: z.string(), TargetKeyId: z.string() });

const nonceBytes = 12;
const tagBytes = 16;

/** KMS with keys whose material lies in the state folder. The key's policy must allow, as AWS has it. */
export function kmsService(home: Home): Service {
  const keys = new Keys(home);
  return {
    signingName: 'kms',
    protocol: 'awsJson1_1',
    schemas: kms,
    operations: { Encrypt: encrypt(keys), Decrypt: decrypt(keys), ...signingOperations(home) },
  };
}

class Keys {
  readonly #keys: readonly Key[];
  readonly #aliases: ReadonlyMap<string, string>;

  constructor({ stack, ...rest }: Home) {
    const materials = durable<string>({ stack, ...rest }, 'kms');
    this.#keys = stack
      .ofType('AWS::KMS::Key', KeyProperties)
      .filter(({ properties }) => properties.KeySpec === 'SYMMETRIC_DEFAULT')
      .map(({ ref, arn, properties }) => {
        const material = materials.get(ref) ?? randomBytes(32).toString('base64');
        if (!materials.has(ref)) materials.set(ref, material);
        return { id: ref, arn, policy: properties.KeyPolicy, material: Buffer.from(material, 'base64') };
      });
    const aliases = stack.ofType('AWS::KMS::Alias', AliasProperties);
    this.#aliases = new Map(aliases.map(({ properties }) => [properties.AliasName, properties.TargetKeyId]));
  }

  /** By id, ARN, alias or the alias's ARN. Throws NotFoundException. */
  find(reference: string): Key {
    const alias = /alias\/.+$/.exec(reference)?.[0];
    const target = alias === undefined ? reference : this.#aliases.get(alias);
    const key = this.#keys.find(({ id, arn }) => id === target || arn === target);
    if (key) return key;
    throw new AwsError('NotFoundException', `Key '${reference}' does not exist`);
  }

  /** A ciphertext begins with the id of its key, so that Decrypt needs no KeyId. */
  ofCiphertext(blob: Uint8Array): Key {
    const id = Buffer.from(blob).subarray(0, 36).toString('latin1');
    const key = this.#keys.find((candidate) => candidate.id === id);
    if (key) return key;
    throw new AwsError('InvalidCiphertextException', 'The ciphertext names no key of this account');
  }
}

function requirement(action: string, key: Key, context: EncryptionContext): Requirement {
  const pairs = Object.entries(context ?? {});
  return {
    action,
    resource: key.arn,
    context: {
      ...Object.fromEntries(
        pairs.map(([name, value]) => [`kms:encryptioncontext:${name.toLowerCase()}`, value]),
      ),
      ...(pairs.length > 0 ? { 'kms:encryptioncontextkeys': pairs.map(([name]) => name) } : {}),
    },
    resourcePolicy: { document: key.policy, mandatory: true },
  };
}

function encrypt(keys: Keys) {
  return operation<Encrypt[0], Encrypt[1]>({
    requires: ({ KeyId = '', EncryptionContext: context }) => [
      requirement('kms:Encrypt', keys.find(KeyId), context),
    ],
    handle({ KeyId = '', Plaintext = new Uint8Array(), EncryptionContext: context }) {
      const key = keys.find(KeyId);
      const nonce = randomBytes(nonceBytes);
      const cipher = createCipheriv('aes-256-gcm', key.material, nonce).setAAD(authenticated(context));
      const sealed = Buffer.concat([cipher.update(Plaintext), cipher.final()]);
      const CiphertextBlob = Buffer.concat([
        Buffer.from(key.id, 'latin1'),
        nonce,
        cipher.getAuthTag(),
        sealed,
      ]);
      return { KeyId: key.arn, CiphertextBlob, EncryptionAlgorithm: 'SYMMETRIC_DEFAULT' };
    },
  });
}

function decrypt(keys: Keys) {
  return operation<Decrypt[0], Decrypt[1]>({
    requires: ({ CiphertextBlob = new Uint8Array(), EncryptionContext: context }) => [
      requirement('kms:Decrypt', keys.ofCiphertext(CiphertextBlob), context),
    ],
    handle({ CiphertextBlob = new Uint8Array(), EncryptionContext: context, KeyId }) {
      const key = keys.ofCiphertext(CiphertextBlob);
      if (KeyId !== undefined && keys.find(KeyId) !== key)
        throw new AwsError(
          'IncorrectKeyException',
          'The key ID in the request does not identify the key used',
        );
      return {
        KeyId: key.arn,
        Plaintext: open(key, CiphertextBlob, context),
        EncryptionAlgorithm: 'SYMMETRIC_DEFAULT',
      };
    },
  });
}

function open(key: Key, blob: Uint8Array, context: EncryptionContext): Uint8Array {
  const sealed = Buffer.from(blob).subarray(36);
  try {
    const decipher = createDecipheriv('aes-256-gcm', key.material, sealed.subarray(0, nonceBytes))
      .setAAD(authenticated(context))
      .setAuthTag(sealed.subarray(nonceBytes, nonceBytes + tagBytes));
    return Buffer.concat([decipher.update(sealed.subarray(nonceBytes + tagBytes)), decipher.final()]);
  } catch {
    // AWS says nothing more either: a wrong context and a changed ciphertext look alike.
    throw new AwsError(
      'InvalidCiphertextException',
      'The ciphertext or its encryption context is not the original',
    );
  }
}

/** The encryption context in an order of its own, since maps have none. */
function authenticated(context: EncryptionContext): Buffer {
  const sorted = Object.entries(context ?? {}).toSorted(([left], [right]) => (left < right ? -1 : 1));
  return createHash('sha256').update(JSON.stringify(sorted)).digest();
}
