import * as z from 'zod';
import { Instant } from './document.ts';
import { EntityKind, EntityPart } from './entity.ts';
import { FindingFacts, Severity } from './finding.ts';

/** A sender's name: that of its mapping's file, of its secret, and of the product in its findings. */
export const SenderName = z
  .string()
  .regex(/^[a-z][a-z0-9-]{0,30}$/, 'expected lower-case letters, digits and -');

/** The secret that a sender signs with, by its name in Secrets Manager. */
export function webhookSecretName(sender: string): string {
  return `sallyport/webhook/${sender}`;
}

const entity = z.strictObject({
  kind: EntityKind,
  id: z.string().min(1).max(2048),
  part: EntityPart.default('target'),
  account: z
    .string()
    .regex(/^\d{12}$/, 'expected an account id')
    .optional(),
  region: z.string().max(32).optional(),
});

/** What a mapping makes of a delivery. JSONata hands over a list of one as the one. */
export const WebhookFinding = z.strictObject({
  uid: z.string().min(1).max(1024),
  type: z.string().min(1).max(256),
  title: z.string().min(1),
  desc: z.string().default(''),
  severity: Severity,
  status: z.enum(['New', 'Resolved']).default('New'),
  created_time: Instant,
  modified_time: Instant.optional(),
  account: z
    .string()
    .regex(/^\d{12}$/, 'expected an account id')
    .optional(),
  region: z.string().min(1).max(32).optional(),
  entities: z.preprocess((value) => (value === undefined ? [] : [value].flat()), z.array(entity).max(100)),
  facts: FindingFacts.default({}),
});
export type WebhookFinding = z.infer<typeof WebhookFinding>;

/**
 * The event in which `intake` puts a finding into the webhook's queue, and the only one that is taken from there. It
 * never comes over the bus: no rule lets it through.
 */
export const webhookEvent = { source: 'sallyport.webhook', detailType: 'Webhook Finding' } as const;

export const WebhookDetail = z.strictObject({ sender: SenderName, finding: WebhookFinding });
export type WebhookDetail = z.infer<typeof WebhookDetail>;

/** One sender's mapping: `policies/webhooks/<sender>.yaml`. */
export const WebhookMapping = z.strictObject({
  sender: SenderName,
  title: z.string().min(1).max(120),
  /** JSONata: https://docs.jsonata.org. */
  expression: z.string().min(1).max(20_000),
});
export type WebhookMapping = z.infer<typeof WebhookMapping>;
