import * as z from 'zod';
import { autoScalingSeed } from './autoscaling-schema.ts';
import { bedrockSeed } from './bedrock-schema.ts';
import { cloudFormationSeed } from './cloudformation-schema.ts';
import { cloudTrailSeed } from './cloudtrail-schema.ts';
import { cloudWatchSeed } from './cloudwatch-schema.ts';
import { ec2Seed } from './ec2-schema.ts';
import { ecsSeed } from './ecs-schema.ts';
import { eksSeed } from './eks-schema.ts';
import { loadBalancingSeed } from './elasticloadbalancingv2-schema.ts';
import { iamSeed } from './iam-schema.ts';
import { identityCenterSeed } from './identity-center-schema.ts';
import { kmsSeed } from './kms-schema.ts';
import { lambdaSeed } from './lambda-schema.ts';
import { organizationSeed } from './organization-schema.ts';
import { rdsSeed } from './rds-schema.ts';
import { resolverSeed } from './route53resolver-schema.ts';
import { s3Seed } from './s3-schema.ts';
import { secretsSeed } from './secrets-schema.ts';
import { ssmSeed } from './ssm-schema.ts';
import { wafSeed } from './wafv2-schema.ts';

/** `account.json`: what an account holds when the sandbox starts. */
export const accountSeed = z.strictObject({
  $schema: z.string().optional(),
  account: z.string().regex(/^\d{12}$/, 'expected an account id of 12 digits'),
  region: z.string().regex(/^[a-z]{2}(-[a-z]+)+-\d$/, 'expected a region such as eu-west-1'),
  organizationId: z
    .string()
    .regex(/^o-[a-z0-9]{10,32}$/, 'expected an organization id such as o-a1b2c3d4e5')
    .optional()
    .describe("The sandbox's own when absent: o-sandbox0000"),
  iam: iamSeed.prefault({}),
  ec2: ec2Seed.prefault({}),
  s3: s3Seed.prefault({}),
  ecs: ecsSeed.prefault({}),
  eks: eksSeed.prefault({}),
  lambda: lambdaSeed.prefault({}),
  cloudformation: cloudFormationSeed.prefault({}),
  cloudtrail: cloudTrailSeed.prefault({}),
  cloudwatch: cloudWatchSeed.prefault({}),
  kms: kmsSeed.prefault({}),
  rds: rdsSeed.prefault({}),
  bedrock: bedrockSeed.prefault({}),
  secretsmanager: secretsSeed.prefault({}),
  autoscaling: autoScalingSeed.prefault({}),
  elasticloadbalancingv2: loadBalancingSeed.prefault({}),
  organization: organizationSeed.optional(),
  identityCenter: identityCenterSeed.optional(),
  wafv2: wafSeed.prefault({}),
  route53resolver: resolverSeed.prefault({}),
  ssm: ssmSeed.prefault({}),
});

export type AccountSeed = z.output<typeof accountSeed>;

/** The JSON Schema of `account.json`, for editors; `docs/account.schema.json` is written from it. */
export function accountJsonSchema(): object {
  return { title: 'Sallyport sandbox account', ...z.toJSONSchema(accountSeed, { io: 'input' }) };
}
