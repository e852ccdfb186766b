import * as z from 'zod';
import { Config } from '../infra/config.ts';
import { code, table } from './markdown.ts';

/** What each key of the deployment's configuration is for. A key without a sentence here is an error. */
const purposes: Readonly<Record<string, string>> = {
  approvers:
    'Who may be asked: `id`, `name`, `email`, `roles` (of `responder`, `owner`, `lead`) and, for decisions by SigV4, `principalArn`. List nobody twice.',
  sender: 'The address that mail comes from. SES asks its owner to confirm it.',
  alarmEmails: 'Who hears of alarms, by SNS.',
  slack: '`channel`, and `secretName`: the Secrets Manager secret that holds the bot’s token.',
  oidc: 'Sign-in for the pages: `issuer` and `audience`. Without it the pages are read-only and the mode `act` is refused.',
  webhooks:
    'Other systems that may post alerts ([how](docs/webhook.md)): names of files in `policies/webhooks`. Without any there is no such API.',
  analyst: '`rules` (no model) or `bedrock`.',
  models: 'Bedrock inference profiles: `triage` and `investigate`.',
  logRetentionDays: 'One of the lengths that CloudWatch Logs knows.',
  tracing: 'X-Ray traces of every function.',
  forensicsAccount:
    'Another account, by its 12 digits, that may read the evidence bundles and that snapshots may be shared with.',
  deployerRole: 'The role, by name, that alone may change the ledger table and its policy.',
  accounts:
    'Member accounts to cover beside the hub’s own: 12 digits each, at most 150. Each deploys `SallyportSpoke`.',
  hubAccount:
    'The account that the hub is deployed in, which the roles in member accounts trust. Required with `accounts`.',
  organizationId: 'The organization (`o-…`) that the hub and all members are in. Required with `accounts`.',
  forwardFindings:
    'Members send their findings to the hub’s bus. Only where the hub is not the delegated administrator, whose bus has them anyway.',
};

interface KeySchema {
  readonly default?: unknown;
}

/** The keys below `context.sallyport` of cdk.json, from the schema that parses them. */
export function configurationTable(): string {
  const schema = z.toJSONSchema(Config, { io: 'input' });
  const keys = Object.entries((schema.properties ?? {}) as Record<string, KeySchema>);
  const rows = keys.map(([key, described]) => {
    const purpose = purposes[key];
    if (!purpose)
      throw new Error(
        `infra/config.ts has the key ${key}: say in scripts/configuration-table.ts what it is for`,
      );
    return [code(key), absent(described, schema.required?.includes(key) ?? false), purpose];
  });
  return table(['key', 'when absent', 'what it is'], rows);
}

function absent({ default: value }: KeySchema, isRequired: boolean): string {
  if (isRequired) return 'required';
  return value === undefined ? 'not used' : code(JSON.stringify(value));
}
