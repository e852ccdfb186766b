import * as z from 'zod';
import { factOf, Instant, keyOf, type Leaf } from '../../core/document.ts';

const resource = z.looseObject({
  type: z.string().min(1),
  id: z.string().min(1),
  region: z.string().nullish(),
  details: z.looseObject({}).nullish(),
});

/**
 * The required attributes of the AWS Security Finding Format, in camelCase:
 * https://docs.aws.amazon.com/securityhub/latest/userguide/asff-required-attributes.html. `Types` is required there,
 * and missing in findings that third parties store; it does not decide anything alone.
 */
export const AsffDocument = z.looseObject({
  id: z.string().min(1),
  productArn: z.string().startsWith('arn:'),
  generatorId: z.string(),
  awsAccountId: z.string().regex(/^\d{1,32}$/, 'expected an account id'),
  types: z.array(z.string()).nullish(),
  createdAt: Instant,
  updatedAt: Instant,
  severity: z.looseObject({ label: z.string().nullish(), normalized: z.number().nullish() }),
  title: z.string(),
  description: z.string().nullish(),
  resources: z.array(resource).min(1),
  region: z.string().nullish(),
  recordState: z.string().nullish(),
  sample: z.boolean().nullish(),
  compliance: z
    .looseObject({ status: z.string().nullish(), securityControlId: z.string().nullish() })
    .nullish(),
  workflow: z.looseObject({ status: z.string().nullish() }).nullish(),
  vulnerabilities: z.array(z.unknown()).nullish(),
  threats: z.array(z.unknown()).nullish(),
  patchSummary: z.looseObject({}).nullish(),
  findingProviderFields: z
    .looseObject({ severity: z.looseObject({ label: z.string().nullish() }).nullish() })
    .nullish(),
  productFields: z.record(z.string(), z.unknown()).nullish(),
});
export type AsffDocument = z.infer<typeof AsffDocument>;
export type AsffResource = z.infer<typeof resource>;

const safeKeys = new Set(
  `schemaVersion id productArn productName companyName region partition generatorId awsAccountId type label status
  recordState securityControlId workflowState associatedStandards standardsId resourceId`.split(/\s+/),
);

const quoting: ReadonlySet<string> = new Set(
  'details tags note userDefinedFields productFields process network action'.split(' '),
);

/** Fields that the product itself writes. Details, tags, notes and product fields quote what others wrote. */
export function isWrittenByProduct(leaf: Leaf): boolean {
  const { path, value } = leaf;
  const key = keyOf(leaf);
  if (path.some((part) => quoting.has(part))) return false;
  return (safeKeys.has(key) || /At$/.test(key)) && factOf(value) !== undefined;
}
