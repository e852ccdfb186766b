/** A secret, without what is secret about it: values are not kept. */
export interface SecretState {
  readonly name: string;
  /** The six characters that Secrets Manager puts behind the name. */
  readonly suffix: string;
  readonly rotationLambdaArn?: string | undefined;
  readonly rotationEnabled: boolean;
  readonly owningService?: string | undefined;
  readonly primaryRegion?: string | undefined;
  readonly deletedDate?: string | undefined;
  readonly lastAccessedDate?: string | undefined;
  /** Staging labels by version. One without any is gone. */
  versions: Record<string, readonly string[]>;
  readonly tags: Readonly<Record<string, string>>;
}

/** One region's secrets, by name. */
export interface SecretsState {
  readonly secrets: Record<string, SecretState>;
}

export function emptySecretsState(): SecretsState {
  return { secrets: {} };
}
