import { asList, type PolicyDocument, type Statement } from '../../authorize/policy.ts';

/**
 * Keys by which a statement for everybody is not public, if their value is fixed
 * (https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-control-block-public-access.html#access-control-block-public-access-policy-status).
 */
const fixingKeys: ReadonlySet<string> = new Set(
  [
    'aws:PrincipalAccount',
    'aws:PrincipalArn',
    'aws:PrincipalOrgID',
    'aws:PrincipalOrgPaths',
    'aws:SourceAccount',
    'aws:SourceArn',
    'aws:SourceIp',
    'aws:SourceOrgID',
    'aws:SourceOwner',
    'aws:SourceVpc',
    'aws:SourceVpce',
    'aws:userid',
    's3:DataAccessPointAccount',
    's3:DataAccessPointArn',
    's3:x-amz-server-side-encryption-aws-kms-key-id',
  ].map((key) => key.toLowerCase()),
);

/** Conditions that a request must meet, as against those that it must not. */
const positive = /^(StringEquals|StringEqualsIgnoreCase|StringLike|ArnEquals|ArnLike|IpAddress)$/;

/** Whether S3 calls a policy public. Denies are not weighed: S3 looks at what is granted. */
export function isPublicPolicy({ Statement: statements }: PolicyDocument): boolean {
  return asList(statements).some(
    (statement) => statement.Effect === 'Allow' && namesEverybody(statement) && !isFixed(statement),
  );
}

function namesEverybody({ Principal: principal, NotPrincipal: others }: Statement): boolean {
  if (others !== undefined) return true;
  return typeof principal === 'string' ? principal === '*' : asList(principal?.AWS).includes('*');
}

function isFixed({ Condition: conditions = {} }: Statement): boolean {
  return Object.entries(conditions).some(
    ([operator, keys]) =>
      positive.test(operator) &&
      Object.entries(keys).some(
        ([key, written]) =>
          fixingKeys.has(key.toLowerCase()) && asList(written).every((value) => isFixedValue(String(value))),
      ),
  );
}

/** Address ranges wider than /8 count as everybody. */
function isFixedValue(value: string): boolean {
  const prefix = /^[\d.]+\/(\d+)$/.exec(value)?.[1];
  return prefix === undefined ? !/[*?]/.test(value) && value !== '::/0' : Number(prefix) >= 8;
}
