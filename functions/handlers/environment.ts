import * as z from 'zod';
import { Approver } from '../core/decision.ts';

const json = <Schema extends z.ZodType>(schema: Schema) =>
  z.string().transform((text, context): z.infer<Schema> => {
    try {
      return schema.parse(JSON.parse(text));
    } catch (error) {
      context.addIssue(error instanceof z.ZodError ? z.prettifyError(error) : `is no JSON: ${String(error)}`);
      return z.NEVER;
    }
  });

/** What infra gives to functions. Each handler names the part that it needs, and fails at start when it is missing. */
export const variables = {
  LEDGER_TABLE: z.string().min(1),
  COORDINATION_TABLE: z.string().min(1),
  BODIES_BUCKET: z.string().min(1),
  AWS_REGION: z.string().min(1),
  AWS_LAMBDA_FUNCTION_NAME: z.string().min(1),
  STATE_MACHINE_ARN: z.string().min(1),
  KEY_ID: z.string().min(1),
  EVIDENCE_BUCKET: z.string().min(1),
  /** The ARN of the key that signs bundles, and of the role that keeps them. */
  EVIDENCE_KEY: z.string().startsWith('arn:'),
  EVIDENCE_ROLE: z.string().startsWith('arn:'),
  INTELLIGENCE_BUCKET: z.string().min(1),
  FINDINGS_QUEUE_URL: z.string().min(1),
  CONSOLE_URL: z.url(),
  SENDER: z.email(),
  APPROVERS: json(z.array(Approver)),
  /** A role ARN with `{account}` and `{action}` in it. */
  ACTION_ROLE_ARN: z.string().includes('{account}').includes('{action}'),
  /** A role ARN with `{account}` in it. */
  READER_ROLE_ARN: z.string().includes('{account}'),
  /** The account that the functions run in; `*` only in a laptop cloud whose empty account stands for any. */
  OWN_ACCOUNT: z.string().regex(/^(\d{12}|\*)$/),
  /** The other accounts that reads may be about, with commas between them. */
  MEMBER_ACCOUNTS: z
    .string()
    .regex(/^(\d{12}(,\d{12})*)?$/)
    .transform((list) => new Set(list.split(',').filter((id) => id !== ''))),
  WEBHOOK_QUEUE_URL: z.string().min(1),
  /** The senders that may use the webhook, with commas between them. */
  WEBHOOK_SENDERS: z.string().transform((list) => new Set(list.split(','))),
  FORENSICS_ACCOUNT: z.string().optional(),
  ANALYST: z.enum(['rules', 'bedrock']),
  TRIAGE_MODEL: z.string().min(1),
  INVESTIGATE_MODEL: z.string().min(1),
  SLACK_CHANNEL: z.string().optional(),
  SLACK_SECRET_ID: z.string().optional(),
  SLACK_API_URL: z.url().default('https://slack.com/api'),
  OIDC_ISSUER: z.string().optional(),
  SIGN_IN_URL: z.string().optional(),
  /** `1` in the laptop cloud, and only there: samples may then be acted on. */
  SANDBOX: z
    .literal('1')
    .optional()
    .transform((flag) => flag === '1'),
} as const;

/** Reads variables of the environment; throws an error that names each one that is missing or wrong. */
export function environment<Name extends keyof typeof variables>(
  ...names: readonly Name[]
): { readonly [N in Name]: z.infer<(typeof variables)[N]> } {
  const shape = Object.fromEntries(names.map((name) => [name, variables[name]]));
  const parsed = z.object(shape).safeParse(process.env);
  if (!parsed.success) throw new Error(`the function's environment: ${z.prettifyError(parsed.error)}`);
  return parsed.data as { readonly [N in Name]: z.infer<(typeof variables)[N]> };
}
