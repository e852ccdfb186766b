/** What an AWS operation needs from IAM, and what AWS's service reference says that it does. */
export interface OperationFacts {
  readonly actions: readonly string[];
  /** `change` covers Write, Tagging and Permissions management. */
  readonly access: 'read' | 'change';
}

/** Seen on a command of the SDK: its Smithy schema names service and operation, also when class names are minified. */
interface Schematic {
  readonly schema?: unknown;
}

/** `iam:ListAccessKeys` of a command whose schema is `[9, 'com.amazonaws.iam', 'ListAccessKeys', ...]`. */
export function operationOf(command: object): string {
  const schema = (command as Schematic).schema;
  const [, namespace, operation]: readonly unknown[] = Array.isArray(schema) ? schema : [];
  if (typeof namespace !== 'string' || typeof operation !== 'string')
    throw new TypeError('this is no command of an AWS SDK v3 client: it has no operation schema');
  return `${namespace.replace(/^com\.amazonaws\./, '')}:${operation}`;
}

/**
 * Operations that return secrets or credentials, some of which AWS counts as Read: no action or tool may use them,
 * whatever it declares.
 */
const secretOperations: readonly RegExp[] = [
  /^sts:(AssumeRole\w*|AssumeRoot|GetSessionToken|GetFederationToken|GetWebIdentityToken|GetDelegatedAccessToken)$/,
  /^iam:(Create|Reset)(AccessKey|ServiceSpecificCredential)$/,
  /^iam:(CreateLoginProfile|UpdateLoginProfile|CreateVirtualMFADevice)$/,
  /^secretsmanager:(Batch)?GetSecretValue$/,
  /^secretsmanager:GetRandomPassword$/,
  /^ssm:(GetParameter\w*|GetAccessToken)$/,
  /^kms:(Decrypt|ReEncrypt|GenerateDataKey\w*|GenerateRandom|DeriveSharedSecret)$/,
  /^ec2:(GetPasswordData|CreateKeyPair|GetConsoleOutput|GetConsoleScreenshot)$/,
  /^ecr(public)?:GetAuthorizationToken$/,
  /^codeartifact:GetAuthorizationToken$/,
  /^redshift(serverless)?:Get(ClusterCredentials\w*|Credentials)$/,
  /^cognitoidentity:(GetCredentialsForIdentity|GetOpenIdToken\w*)$/,
  /^sso(oidc)?:(GetRoleCredentials|CreateToken\w*)$/,
  /^lambda:(GetFunction(Configuration)?|ListFunctions|ListVersionsByFunction|PublishVersion|CreateFunction|UpdateFunction(Code|Configuration))$/,
  /^lightsail:(GetInstanceAccessDetails|GetRelationalDatabaseMasterUserPassword|DownloadDefaultKeyPair)$/,
];

export function returnsSecrets(operation: string): boolean {
  return secretOperations.some((pattern) => pattern.test(operation));
}

/**
 * Of these, what is kept as evidence: read by the collecting function alone, redacted before it is kept, and never
 * shown to an analyst.
 */
const evidenceOperations: ReadonlySet<string> = new Set(['ec2:GetConsoleOutput']);

export function isKeptAsEvidence(operation: string): boolean {
  return evidenceOperations.has(operation);
}
