import type { Cloud } from '../cloud.ts';
import { isReadOnlyEvent, regionOfEvent } from '../cloudtrail/naming.ts';
import type { CloudTrailRecord } from '../cloudtrail/record.ts';
import { uuid } from '../ids.ts';
import { applyAutoScaling } from './apply-autoscaling.ts';
import { applyCloudFormation } from './apply-cloudformation.ts';
import { applyCloudTrail } from './apply-cloudtrail.ts';
import { applyCloudWatch } from './apply-cloudwatch.ts';
import { applyEc2 } from './apply-ec2.ts';
import { applyEcs } from './apply-ecs.ts';
import { applyEks } from './apply-eks.ts';
import { applyLoadBalancing } from './apply-elasticloadbalancingv2.ts';
import { applyIam } from './apply-iam.ts';
import { applyIdentityCenter } from './apply-identity-center.ts';
import { applyKms } from './apply-kms.ts';
import { applyLambda } from './apply-lambda.ts';
import { applyOrganization } from './apply-organization.ts';
import { applyRds } from './apply-rds.ts';
import { applyResolver } from './apply-route53resolver.ts';
import { applyS3 } from './apply-s3.ts';
import { applySecrets } from './apply-secrets.ts';
import { applySsm } from './apply-ssm.ts';
import { applyWaf } from './apply-wafv2.ts';
import type { Seed } from './read.ts';
import { checkReferences } from './references.ts';
import { resolveInstant } from './time.ts';

/** Puts a seed into the cloud; a seed that contradicts itself is refused before anything has changed. */
export function seedState(cloud: Cloud, seed: Seed): void {
  const { account } = seed;
  checkReferences(seed);
  const now = cloud.now();
  applyIam(cloud, account.account, account.iam, now);
  applyEc2(cloud, account, now);
  applyS3(cloud, account, now);
  applyEcs(cloud, account);
  applyEks(cloud, account, now);
  applyLambda(cloud, account, now);
  applyCloudFormation(cloud, account, now);
  applyCloudTrail(cloud, account);
  applyCloudWatch(cloud, account, now);
  applyKms(cloud, account, now);
  applyRds(cloud, account);
  applySecrets(cloud, account, now);
  if (account.bedrock.logging)
    cloud.region(account.account, account.region).bedrock.logging = account.bedrock.logging;
  applyLoadBalancing(cloud, account);
  applyAutoScaling(cloud, account);
  applyOrganization(cloud, account);
  applyIdentityCenter(cloud, account);
  applyWaf(cloud, account);
  applyResolver(cloud, account);
  applySsm(cloud, account);
  const records = seed.activity.map((record) => toRecord(cloud, seed, record, now));
  const state = cloud.account(account.account);
  if (account.organizationId) state.organizationId = account.organizationId;
  state.events = [...state.events, ...records].sort((left, right) =>
    left.eventTime.localeCompare(right.eventTime),
  );
}

function toRecord(cloud: Cloud, seed: Seed, record: Seed['activity'][number], now: Date): CloudTrailRecord {
  const { account, region } = seed.account;
  return {
    ...record,
    eventID: record.eventID ?? uuid(cloud),
    eventTime: resolveInstant(record.eventTime, now),
    awsRegion: record.awsRegion ?? regionOfEvent(record.eventSource, region),
    readOnly: record.readOnly ?? isReadOnlyEvent(record.eventName),
    recipientAccountId: record.recipientAccountId ?? account,
  };
}
