import * as sts from '@aws-sdk/client-sts';
import { AwsError, operation, type Service } from '../wire/service.ts';
import { sessionArn } from './arns.ts';
import type { Cloud } from './cloud.ts';
import { parsePolicyText } from './iam/documents.ts';
import { principalId, roleId } from './principal-id.ts';
import type { Principals } from './principals.ts';

type AssumeRole = [sts.AssumeRoleCommandInput, sts.AssumeRoleCommandOutput];
type GetCallerIdentity = [sts.GetCallerIdentityCommandInput, sts.GetCallerIdentityCommandOutput];

/** STS: the trust policy decides together with the caller's own policies; nobody else can use what it returns. */
export function stsService(cloud: Cloud, principals: Principals): Service {
  return {
    signingName: 'sts',
    protocol: 'awsQuery',
    schemas: sts,
    operations: { AssumeRole: assumeRole(cloud, principals), GetCallerIdentity: getCallerIdentity(cloud) },
  };
}

function assumeRole(cloud: Cloud, principals: Principals) {
  return operation<AssumeRole[0], AssumeRole[1]>({
    requires(input) {
      const resource = input.RoleArn ?? '';
      // An unknown role is refused like a role that does not trust the caller: STS tells nobody which exist.
      const document = principals.role(resource)?.trustPolicy ?? { Statement: [] };
      const context = assumptionContext(input);
      const resourcePolicy = { document, mandatory: true };
      const assume = { action: 'sts:AssumeRole', resource, context, resourcePolicy };
      return input.SourceIdentity === undefined
        ? [assume]
        : [assume, { ...assume, action: 'sts:SetSourceIdentity' }];
    },
    handle(input, caller) {
      const role = principals.role(input.RoleArn ?? '');
      if (!role) throw new AwsError('AccessDenied', `Role ${input.RoleArn} does not exist`, 403);
      checkSession(input, role.maxSessionDuration, caller.roleArn !== undefined);
      const session = principals.issueSession({
        roleArn: role.arn,
        sessionName: input.RoleSessionName ?? '',
        sourceIdentity: input.SourceIdentity ?? caller.sourceIdentity,
        sessionPolicies: input.Policy === undefined ? [] : [sessionPolicy(input.Policy)],
        durationSeconds: input.DurationSeconds,
      });
      return {
        Credentials: {
          AccessKeyId: session.accessKeyId,
          SecretAccessKey: session.secretAccessKey,
          SessionToken: session.sessionToken,
          Expiration: new Date(session.expiresAt),
        },
        AssumedRoleUser: {
          Arn: sessionArn(role.arn, session.sessionName),
          AssumedRoleId: `${roleId(cloud, role.arn)}:${session.sessionName}`,
        },
        SourceIdentity: session.sourceIdentity,
      };
    },
  });
}

function assumptionContext(input: AssumeRole[0]): Record<string, string> {
  return {
    'sts:rolesessionname': input.RoleSessionName ?? '',
    ...(input.ExternalId === undefined ? {} : { 'sts:externalid': input.ExternalId }),
    ...(input.SourceIdentity === undefined ? {} : { 'sts:sourceidentity': input.SourceIdentity }),
  };
}

/** https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRole.html; chaining roles is capped at an hour. */
function checkSession(input: AssumeRole[0], maximum: number, chained: boolean): void {
  const { RoleSessionName: name = '', SourceIdentity: identity, DurationSeconds: seconds = 3600 } = input;
  for (const text of [name, identity ?? name])
    if (!/^[\w+=,.@-]{2,64}$/.test(text))
      throw new AwsError(
        'ValidationError',
        `Value '${text}' failed to satisfy constraint: [\\w+=,.@-]{2,64}`,
      );
  if (seconds < 900 || seconds > Math.min(maximum, chained ? 3600 : maximum))
    throw new AwsError('ValidationError', 'The requested DurationSeconds exceeds the limits of this role');
}

function sessionPolicy(text: string): string {
  if (text.length > 2048)
    throw new AwsError('PackedPolicyTooLarge', 'The session policy exceeds 2048 characters');
  parsePolicyText(text, 'MalformedPolicyDocument');
  return text;
}

/** AWS answers this to anyone with credentials, whatever their policies say. */
function getCallerIdentity(cloud: Cloud) {
  return operation<GetCallerIdentity[0], GetCallerIdentity[1]>({
    requires: () => [],
    handle: (_input, caller) => ({
      Account: caller.account,
      Arn: caller.arn,
      UserId: principalId(cloud, caller),
    }),
  });
}
