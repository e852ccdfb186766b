/** Keys that every request has a true value for, or truly lacks (sessions without MFA, users without a role). */
const globalKeys = [
  'aws:CurrentTime',
  'aws:EpochTime',
  'aws:MultiFactorAuthPresent',
  'aws:PrincipalAccount',
  'aws:PrincipalArn',
  'aws:PrincipalIsAWSService',
  'aws:PrincipalOrgID',
  'aws:PrincipalType',
  'aws:RequestedRegion',
  'aws:ResourceAccount',
  'aws:ResourceOrgID',
  'aws:SecureTransport',
  'aws:SourceIdentity',
  'aws:SourceIp',
  'aws:TokenIssueTime',
  'aws:UserAgent',
  'aws:UserId',
  'aws:Username',
  'aws:ViaAWSService',
];

/** Keys of calls that one service makes for another, or that come through an access point, which never happen here: their absence is the truth. */
const absentKeys = [
  'aws:CalledVia',
  'aws:CalledViaFirst',
  'aws:CalledViaLast',
  'aws:SourceAccount',
  'aws:SourceArn',
  'aws:SourceOrgID',
  'aws:SourceVpc',
  'aws:SourceVpce',
  's3:DataAccessPointAccount',
  's3:DataAccessPointArn',
];

/** Keys that the requirements of single operations carry. */
const serviceKeys = [
  'aws:TagKeys',
  'dynamodb:LeadingKeys',
  'ec2:Add/group',
  'ec2:Add/userId',
  'ec2:CreateAction',
  'ec2:Region',
  'ec2:Remove/userId',
  'ecs:cluster',
  'eks:accessScope',
  'eks:namespaces',
  'eks:policyArn',
  'events:source',
  'iam:PassedToService',
  'kms:EncryptionContextKeys',
  'kms:GrantIsForAWSResource',
  'kms:ViaService',
  'lambda:FunctionUrlAuthType',
  'lambda:Principal',
  's3:if-none-match',
  's3:TlsVersion',
  'secretsmanager:RotationLambdaARN',
  'secretsmanager:VersionStage',
  'ses:FromAddress',
  'ses:Recipients',
  'sts:ExternalId',
  'sts:RoleSessionName',
  'sts:SourceIdentity',
];

/** Families of keys whose last part is a name of the user's choosing. */
const families = [
  'aws:PrincipalTag/',
  'aws:RequestTag/',
  'aws:ResourceTag/',
  'ec2:ResourceTag/',
  'iam:ResourceTag/',
  'kms:EncryptionContext:',
].map((family) => family.toLowerCase());

const known = new Set([...globalKeys, ...absentKeys, ...serviceKeys].map((key) => key.toLowerCase()));

/**
 * Whether requests here carry a key as AWS's would. One that they do not would look absent, and a deny by it would
 * silently never apply.
 */
export function isKnownKey(key: string): boolean {
  const lower = key.toLowerCase();
  return (
    known.has(lower) || families.some((family) => lower.startsWith(family) && lower.length > family.length)
  );
}
