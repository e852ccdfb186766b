// Written by scripts/generate.ts from the actions and tools. Do not edit.
import type { Services } from './account-clients.ts';
import { bedrock, cloudtrail, ec2, ecs, eks, iam, kms, lambda, rds, s3, s3control, secretsmanager } from './account-services.ts';

export const toolServices: Services = { cloudtrail, ec2, iam };
export const actionServices: Services = { bedrock, cloudtrail, ec2, ecs, eks, iam, kms, lambda, rds, s3, s3control, secretsmanager };
export const computeServices: Services = { ec2, ecs, lambda };
export const dataServices: Services = { bedrock, cloudtrail, kms, rds, s3, s3control, secretsmanager };
export const identityServices: Services = { cloudtrail, iam };
export const networkServices: Services = { ec2, s3 };
export const policyServices: Services = { cloudtrail, eks, iam, lambda, s3 };
