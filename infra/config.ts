import { RetentionDays } from 'aws-cdk-lib/aws-logs';
import * as z from 'zod';
import { Approver } from '../functions/core/decision.ts';
import { SenderName } from '../functions/core/webhook.ts';
import { webhookMappings } from '../functions/generated/policies.gen.ts';

/** The key of cdk.json's context under which the whole configuration stands. */
export const CONTEXT_KEY = 'sallyport';

/** AWS Lambda allows a function 4 kB of environment, in which each account takes 13 bytes. */
const MOST_ACCOUNTS = 150;

const accountId = z.string().regex(/^\d{12}$/, 'expected an account id of 12 digits');

const retentions = Object.values(RetentionDays).filter((value) => typeof value === 'number');

/** What a deployment may choose. Everything else is fixed, so that two deployments differ in nothing unseen. */
export const Config = z
  .strictObject({
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
    /** Other systems that may post alerts, each with a mapping in policies/webhooks and a secret of its own. */
    webhooks: z
      .array(SenderName.refine(isMapped, 'expected the name of a file in policies/webhooks'))
      .refine(isSet, 'expected each sender once')
      .default([]),
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
    forensicsAccount: accountId.optional(),
    /** The role, by name, wildcards allowed, that alone may change the ledger table and its policy. */
    deployerRole: z.string().min(1).default('cdk-*-cfn-exec-role-*'),
    /** Member accounts that the hub covers beside its own; each deploys the stack SallyportSpoke. */
    accounts: z.array(accountId).max(MOST_ACCOUNTS).refine(isSet, 'expected each account once').default([]),
    /** The account of the hub, which the roles in member accounts trust. */
    hubAccount: accountId.optional(),
    /** The organisation of the hub and all members: nobody from outside takes a role in a member account. */
    organizationId: z
      .string()
      .regex(/^o-[a-z0-9]{10,32}$/, 'expected an organization id such as o-a1b2c3d4e5')
      .optional(),
    /** Whether members send their findings to the hub's bus, for organisations whose delegated administrator is elsewhere. */
    forwardFindings: z.boolean().default(false),
  })
  .superRefine(membersNeedAHub);
export type Config = z.infer<typeof Config>;

/** The hub as its member accounts see it. */
export interface Organization {
  readonly hubAccount: string;
  readonly organizationId: string;
}

/** The organisation that members trust. Throws ConfigError for a configuration without it. */
export function organizationOf({ hubAccount, organizationId }: Config): Organization {
  if (!hubAccount || !organizationId)
    throw new ConfigError(`cdk.json: context.${CONTEXT_KEY} names no hubAccount and organizationId`);
  return { hubAccount, organizationId };
}

function isMapped(name: string): boolean {
  return webhookMappings.some(({ sender }) => sender === name);
}

function isSet(values: readonly string[]): boolean {
  return new Set(values).size === values.length;
}

interface Membership {
  readonly accounts: readonly string[];
  readonly hubAccount?: string | undefined;
  readonly organizationId?: string | undefined;
}

/** A role that trusts an organisation without naming the hub, or the reverse, would trust more than is meant. */
function membersNeedAHub(
  { accounts, hubAccount, organizationId }: Membership,
  context: z.RefinementCtx<Membership>,
): void {
  const wrong = (key: keyof Membership, message: string) =>
    context.addIssue({ code: 'custom', path: [key], message });
  if (accounts.length === 0) return;
  if (!hubAccount) wrong('hubAccount', 'expected the hub’s account id, since accounts are given');
  if (!organizationId) wrong('organizationId', 'expected the organization’s id, since accounts are given');
  if (hubAccount && accounts.includes(hubAccount))
    wrong('accounts', 'expected member accounts alone: the hub covers its own without a spoke');
}

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
