import * as s3control from '@aws-sdk/client-s3-control';
import { type Operation, operation, type Service } from '../wire/service.ts';
import type { Cloud } from './cloud.ts';
import { configurationOf, settingsOf } from './s3/public-access.ts';
import { s3Of } from './s3/scope.ts';
import type { AccessPointState, BucketState } from './s3/state.ts';

/** S3 Control: an account's own settings, and its access points. It signs as `s3`, and is told from it by the account in a header. */
export function s3ControlService(cloud: Cloud): Service {
  return {
    signingName: 's3',
    name: 's3control',
    protocol: 'restXml',
    schemas: s3control,
    claims: ({ path, headers }) =>
      path.startsWith('/v20180820/') && headers['x-amz-account-id'] !== undefined,
    operations: { ...publicAccessOperations(cloud), ...accessPointOperations(cloud) },
  };
}

interface AccountInput {
  readonly AccountId?: string | undefined;
}

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_control_PutPublicAccessBlock.html */
function publicAccessOperations(cloud: Cloud): Record<string, Operation> {
  return {
    GetPublicAccessBlock: onAccount<
      s3control.GetPublicAccessBlockCommandInput,
      s3control.GetPublicAccessBlockCommandOutput
    >('s3:GetAccountPublicAccessBlock', ({ AccountId: account = '' }) => ({
      PublicAccessBlockConfiguration: configurationOf(cloud.account(account).s3?.publicAccessBlock),
    })),
    PutPublicAccessBlock: onAccount<
      s3control.PutPublicAccessBlockCommandInput,
      s3control.PutPublicAccessBlockCommandOutput
    >('s3:PutAccountPublicAccessBlock', (input) => {
      s3Of(cloud, input.AccountId ?? '').publicAccessBlock = settingsOf(input.PublicAccessBlockConfiguration);
      return {};
    }),
    DeletePublicAccessBlock: onAccount<
      s3control.DeletePublicAccessBlockCommandInput,
      s3control.DeletePublicAccessBlockCommandOutput
    >('s3:PutAccountPublicAccessBlock', ({ AccountId: account = '' }) => {
      delete cloud.account(account).s3?.publicAccessBlock;
      return {};
    }),
  };
}

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_control_ListAccessPoints.html */
function accessPointOperations(cloud: Cloud): Record<string, Operation> {
  return {
    ListAccessPoints: onAccount<
      s3control.ListAccessPointsCommandInput,
      s3control.ListAccessPointsCommandOutput
    >('s3:ListAccessPoints', ({ AccountId: account = '', Bucket: wanted }) => ({
      AccessPointList: Object.values(cloud.account(account).s3?.buckets ?? {})
        .filter(({ name }) => wanted === undefined || name === wanted)
        .flatMap((bucket) => (bucket.accessPoints ?? []).map((one) => toAccessPoint(account, bucket, one))),
    })),
  };
}

function toAccessPoint(
  account: string,
  { name: bucket, region }: BucketState,
  { name, vpcId }: AccessPointState,
): s3control.AccessPoint {
  return {
    Name: name,
    NetworkOrigin: vpcId === undefined ? 'Internet' : 'VPC',
    VpcConfiguration: vpcId === undefined ? undefined : { VpcId: vpcId },
    Bucket: bucket,
    BucketAccountId: account,
    AccessPointArn: `arn:aws:s3:${region}:${account}:accesspoint/${name}`,
  };
}

/** These actions have no resource; the account that is named must be the caller's own. */
function onAccount<In extends AccountInput, Out extends object>(
  action: string,
  handle: (input: In) => Omit<Out, '$metadata'>,
): Operation {
  return operation<In, Out>({
    requires: ({ AccountId: account = '' }) => [{ action, resource: '*', resourceAccount: account }],
    handle: (input) => handle(input) as never,
  });
}
