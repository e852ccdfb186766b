import { AssumeRoleCommand, STSClient } from '@aws-sdk/client-sts';
import type { Credentials } from './account-clients.ts';
import { clientSettings, measured } from './clients.ts';

/** The part of STS that is needed here. */
export type Sts = Pick<STSClient, 'send'>;

export interface RoleWish {
  readonly roleArn: string;
  readonly incident: string;
  /** STS gives no less than 15 minutes. */
  readonly seconds: number;
  /** The session policy, as JSON; the role's own policies bound the session as well. */
  readonly policy?: string;
}

/** Takes a role for an incident. SourceIdentity makes it visible in CloudTrail on every call. */
export async function takeRole(
  { roleArn, incident, seconds, policy }: RoleWish,
  sts: Sts,
): Promise<Credentials> {
  const { Credentials: issued } = await sts.send(
    new AssumeRoleCommand({
      RoleArn: roleArn,
      RoleSessionName: incident,
      SourceIdentity: incident,
      DurationSeconds: seconds,
      Policy: policy,
    }),
  );
  const { AccessKeyId, SecretAccessKey, SessionToken, Expiration } = issued ?? {};
  if (!AccessKeyId || !SecretAccessKey || !SessionToken)
    throw new Error(`STS gave no credentials for the role ${roleArn}`);
  return {
    accessKeyId: AccessKeyId,
    secretAccessKey: SecretAccessKey,
    sessionToken: SessionToken,
    ...(Expiration ? { expiration: Expiration } : {}),
  };
}

const stsClients = new Map<string, STSClient>();

export function stsClient(region: string): STSClient {
  const client = stsClients.get(region) ?? measured(new STSClient({ ...clientSettings, region }));
  stsClients.set(region, client);
  return client;
}
