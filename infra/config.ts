import { RetentionDays } from 'aws-cdk-lib/aws-logs';
import * as z from 'zod';
import { Approver } from '../functions/core/decision.ts';

/** The key of cdk.json's context under which the whole configuration stands. */
export const CONTEXT_KEY = 'sallyport';

const retentions = Object.values(RetentionDays).filter((value) => typeof value === 'number');

/** What a deployment may choose. Everything else is fixed, so that two deployments differ in nothing unseen. */
export const Config = z.strictObject({
  /** Who may be asked to approve; each gets cards of the incidents that need one of the person's roles. */
  approvers: z.array(Approver).min(1, 'expected at least one approver, since somebody has to be asked'),
  /** The address that mail comes from. SES asks its owner to confirm it. */
  sender: z.email(),
  /** Who hears of alarms. */
  alarmEmails: z.array(z.email()).default([]),
  /** The channel, and the Secrets Manager secret that holds the bot's token. */
  slack: z.strictObject({ channel: z.string().min(1), secretName: z.string().min(1) }).optional(),
  /** Sign-in for the console. Without it nobody can decide in the browser, and the mode `act` is refused. */
  oidc: z
    .strictObject({ issuer: z.url({ protocol: /^https$/ }), audience: z.array(z.string().min(1)).min(1) })
    .optional(),
  analyst: z.enum(['rules', 'bedrock']).default('rules'),
  /** Bedrock inference profiles. Geographic ones keep the data where the profile's prefix says. */
  models: z
    .strictObject({ triage: z.string().min(1), investigate: z.string().min(1) })
    .default({ triage: 'us.anthropic.claude-haiku-4-5', investigate: 'us.anthropic.claude-opus-5-5' }),
  logRetentionDays: z
    .number()
    .refine((days) => retentions.includes(days), `expected one of ${retentions.join(', ')}`)
    .default(90),
  /** X-Ray traces of every function. */
  tracing: z.boolean().default(false),
  /** Another account, whose investigators may read the evidence and may be given copies of disks. */
  forensicsAccount: z
    .string()
    .regex(/^\d{12}$/, 'expected an account id of 12 digits')
    .optional(),
  /** The role, by name, wildcards allowed, that alone may change the ledger table and its policy. */
  deployerRole: z.string().min(1).default('cdk-*-cfn-exec-role-*'),
});
export type Config = z.infer<typeof Config>;

/** cdk.json's context is wrong. Each line names the key, what was expected and what stands there. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';
}

/** Parses the context. It is a string when it was given as `-c sallyport='{...}'`. Throws ConfigError. */
export function parseConfig(context: unknown): Config {
  if (context === undefined) {
    throw new ConfigError(
      `cdk.json: context.${CONTEXT_KEY} is missing; expected an object, see infra/config.ts`,
    );
  }
  const given = typeof context === 'string' ? parseJson(context) : context;
  const parsed = Config.safeParse(given);
  if (parsed.success) return parsed.data;
  throw new ConfigError(parsed.error.issues.map((issue) => describe(issue, given)).join('\n'));
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new ConfigError(`-c ${CONTEXT_KEY}: expected JSON: ${String(cause)}`, { cause });
  }
}

function describe(issue: z.core.$ZodIssue, given: unknown): string {
  const key = [CONTEXT_KEY, ...issue.path].map(String).join('.');
  const value = issue.path.reduce<unknown>(
    (inside, step) => (inside as Record<PropertyKey, unknown> | undefined)?.[step],
    given,
  );
  return `cdk.json: context.${key}: ${issue.message}; got ${JSON.stringify(value) ?? 'nothing'}`;
}
