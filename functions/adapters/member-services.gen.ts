// Written by scripts/generate.ts from the actions and tools. Do not edit.
import type { Services } from './account-clients.ts';
import { cloudtrail, ec2, ecs, eks, iam, lambda, s3, s3control } from './account-services.ts';

export const toolServices: Services = { cloudtrail, ec2, iam };
export const actionServices: Services = { cloudtrail, ec2, ecs, eks, iam, lambda, s3, s3control };
export const computeServices: Services = { ec2, ecs, lambda };
export const dataServices: Services = { s3, s3control };
export const identityServices: Services = { cloudtrail, iam };
export const networkServices: Services = { ec2 };
export const policyServices: Services = { cloudtrail, eks, iam, lambda, s3 };
