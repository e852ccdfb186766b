import { randomBytes } from 'node:crypto';
import * as secretsmanager from '@aws-sdk/client-secrets-manager';
import * as z from 'zod';
import { durable, type Home } from '../home.ts';
import { AwsError, operation, type Service } from '../wire/service.ts';

type GetSecretValue = [secretsmanager.GetSecretValueCommandInput, secretsmanager.GetSecretValueCommandOutput];

/** The secrets of the template, and those of other hands that its functions name; their values are made up here. */
export class Secrets {
  readonly #home: Home;
  readonly #values: Map<string, { readonly arn: string; readonly value: string }>;

  constructor(home: Home, external: readonly string[]) {
    this.#home = home;
    const made = durable<string>(home, 'secrets');
    const own = home.stack
      .ofType('AWS::SecretsManager::Secret', z.looseObject({ SecretString: z.string().optional() }))
      .map(({ name, arn, properties }) => ({ name, arn, value: properties.SecretString }));
    const foreign = external.map((name) => ({ name, arn: this.#arnOf(name), value: undefined }));
    this.#values = new Map();
    for (const { name, arn, value } of [...foreign, ...own]) {
      const kept = value ?? made.get(name) ?? `xoxb-sandbox-${randomBytes(24).toString('hex')}`;
      made.set(name, kept);
      this.#values.set(name, { arn, value: kept });
    }
  }

  /** By name or ARN. Throws ResourceNotFoundException. */
  find(reference: string): { readonly arn: string; readonly value: string } {
    const entries = [...this.#values].map(([name, secret]) => ({ name, ...secret }));
    const found = entries.find(({ name, arn }) => name === reference || arn === reference);
    if (found) return found;
    throw new AwsError('ResourceNotFoundException', "Secrets Manager can't find the specified secret.");
  }

  has(value: string): boolean {
    return [...this.#values.values()].some((secret) => secret.value === value);
  }

  /** Secrets Manager puts six characters of its own behind a name. */
  #arnOf(name: string): string {
    const { account, region } = this.#home.stack.place;
    return `arn:aws:secretsmanager:${region}:${account}:secret:${name}-sandbx`;
  }
}

/** Secrets Manager's API, as far as the system calls it: GetSecretValue. */
export function secretsService(secrets: Secrets): Service {
  const getSecretValue = operation<GetSecretValue[0], GetSecretValue[1]>({
    requires: ({ SecretId = '' }) => [
      { action: 'secretsmanager:GetSecretValue', resource: secrets.find(SecretId).arn },
    ],
    handle({ SecretId = '' }) {
      const { arn, value } = secrets.find(SecretId);
      return { ARN: arn, Name: SecretId, SecretString: value, VersionStages: ['AWSCURRENT'] };
    },
  });
  return {
    signingName: 'secretsmanager',
    protocol: 'awsJson1_1',
    schemas: secretsmanager,
    operations: { GetSecretValue: getSecretValue },
  };
}
