import { AutoScalingClient } from '@aws-sdk/client-auto-scaling';
import { BedrockClient } from '@aws-sdk/client-bedrock';
import { CloudTrailClient } from '@aws-sdk/client-cloudtrail';
import { CloudWatchClient } from '@aws-sdk/client-cloudwatch';
import { EC2Client } from '@aws-sdk/client-ec2';
import { ECSClient } from '@aws-sdk/client-ecs';
import { EKSClient } from '@aws-sdk/client-eks';
import { ElasticLoadBalancingV2Client } from '@aws-sdk/client-elastic-load-balancing-v2';
import { IAMClient } from '@aws-sdk/client-iam';
import { KMSClient } from '@aws-sdk/client-kms';
import { LambdaClient } from '@aws-sdk/client-lambda';
import { RDSClient } from '@aws-sdk/client-rds';
import { S3Client } from '@aws-sdk/client-s3';
import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import type { Settings } from './account-clients.ts';
import { measured } from './clients.ts';
import { createS3ControlClient } from './s3-control-client.ts';

/** The services that actions and tools may use: one line each, under the name in an operation's schema. */
export const cloudtrail = (settings: Settings) => measured(new CloudTrailClient(settings));
export const cloudwatch = (settings: Settings) => measured(new CloudWatchClient(settings));
export const ec2 = (settings: Settings) => measured(new EC2Client(settings));
export const iam = (settings: Settings) => measured(new IAMClient(settings));
export const s3 = (settings: Settings) => measured(new S3Client(settings));
export const s3control = (settings: Settings) => measured(createS3ControlClient(settings));
export const ecs = (settings: Settings) => measured(new ECSClient(settings));
export const eks = (settings: Settings) => measured(new EKSClient(settings));
export const lambda = (settings: Settings) => measured(new LambdaClient(settings));
export const bedrock = (settings: Settings) => measured(new BedrockClient(settings));
export const kms = (settings: Settings) => measured(new KMSClient(settings));
export const rds = (settings: Settings) => measured(new RDSClient(settings));
export const secretsmanager = (settings: Settings) => measured(new SecretsManagerClient(settings));
export const autoscaling = (settings: Settings) => measured(new AutoScalingClient(settings));
export const elasticloadbalancingv2 = (settings: Settings) =>
  measured(new ElasticLoadBalancingV2Client(settings));
