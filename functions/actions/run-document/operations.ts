import { DescribeInstancesCommand } from '@aws-sdk/client-ec2';
import {
  DescribeDocumentCommand,
  DescribeInstanceInformationCommand,
  GetDocumentCommand,
  ListCommandInvocationsCommand,
  SendCommandCommand,
} from '@aws-sdk/client-ssm';
import * as z from 'zod';
import type { Account, Permission } from '../../core/account.ts';
import type { PlannedAction } from '../../core/plan.ts';
import { ec2Resource } from '../../core/resource-pattern.ts';
import { type Reversible, type ReviewedId, reviewedDocuments } from '../../core/reviewed-documents.ts';

export const reads = [
  DescribeInstancesCommand,
  DescribeInstanceInformationCommand,
  DescribeDocumentCommand,
  GetDocumentCommand,
  ListCommandInvocationsCommand,
] as const;
export const writes = [SendCommandCommand] as const;
export type Reader = Account<typeof reads>;
export type Writer = Account<readonly [...typeof reads, ...typeof writes]>;

const ids = Object.keys(reviewedDocuments) as [ReviewedId, ...ReviewedId[]];
export const Parameters = z.strictObject({ document: z.enum(ids) });

/** One document as it stood when it was compared with what was reviewed. AWS refuses to send another under this hash. */
const Pinned = z.strictObject({ name: z.string(), version: z.string(), hash: z.string() });
export type Pinned = z.infer<typeof Pinned>;

const Before = z.strictObject({ run: Pinned, undo: Pinned });
export type Before = z.infer<typeof Before>;

export function beforeOf(planned: PlannedAction): Before {
  return Before.parse(planned.before);
}

/** Throws ZodError for parameters that were never planned with. */
export function documentsOf(params: unknown): Reversible {
  return reviewedDocuments[Parameters.parse(params).document];
}

const document = (name: string) => `arn:{partition}:ssm:{region}:{account}:document/${name}`;
const everyDocument = Object.values(reviewedDocuments).flatMap(({ run, undo }) => [run.name, undo.name]);
const ofPlan = ({ params }: PlannedAction) => {
  const { run, undo } = documentsOf(params);
  return [document(run.name), document(undo.name)];
};

export const permissions: readonly Permission[] = [
  {
    actions: ['ec2:DescribeInstances', 'ssm:DescribeInstanceInformation', 'ssm:ListCommandInvocations'],
    resources: ['*'],
  },
  {
    actions: ['ssm:DescribeDocument', 'ssm:GetDocument'],
    resources: everyDocument.map(document),
    narrow: ofPlan,
  },
  // Both the document and the instance have to be allowed.
  { actions: ['ssm:SendCommand'], resources: everyDocument.map(document), narrow: ofPlan },
  {
    actions: ['ssm:SendCommand'],
    resources: [ec2Resource('instance')],
    narrow: (planned) => [ec2Resource('instance', planned.target.id)],
  },
];
