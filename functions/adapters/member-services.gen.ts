// Written by scripts/generate.ts from the actions and tools. Do not edit.
import type { Services } from './account-clients.ts';
import { autoscaling, bedrock, cloudformation, cloudtrail, cloudwatch, ec2, ecs, eks, elasticloadbalancingv2, iam, identitystore, kms, lambda, organizations, rds, route53resolver, s3, s3control, secretsmanager, ssm, ssoadmin, wafv2 } from './account-services.ts';

export const toolServices: Services = { cloudtrail, ec2, ecs, eks, iam, lambda, rds, s3, s3control };
export const exhibitServices: Services = { cloudtrail, ec2 };
export const actionServices: Services = { autoscaling, bedrock, cloudtrail, ec2, ecs, eks, elasticloadbalancingv2, iam, identitystore, kms, lambda, organizations, rds, route53resolver, s3, s3control, secretsmanager, ssm, ssoadmin, wafv2 };
export const healthServices: Services = { autoscaling, cloudwatch, ec2, elasticloadbalancingv2 };
export const stackServices: Services = { cloudformation };
export const tagServices: Services = { ec2, iam, s3 };
export const computeServices: Services = { autoscaling, cloudtrail, ec2, ecs, elasticloadbalancingv2, iam, lambda, ssm };
export const dataServices: Services = { bedrock, cloudtrail, ec2, kms, rds, s3, s3control, secretsmanager };
export const identityServices: Services = { cloudtrail, iam };
export const networkServices: Services = { ec2, elasticloadbalancingv2, route53resolver, s3, wafv2 };
export const policyServices: Services = { cloudtrail, ec2, eks, iam, identitystore, lambda, organizations, s3, s3control, ssoadmin };
