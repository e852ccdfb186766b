import * as z from 'zod';
import { EntityKind, EntityPart } from './entity.ts';
import { Severity } from './finding.ts';
import { Disposition } from './verdict.ts';

/** Which entity of the incident a step is about. */
export const Selector = z.strictObject({ kind: EntityKind, part: EntityPart.optional() });
export type Selector = z.infer<typeof Selector>;

/**
 * A rule that decides without a model. `when` is a CEL expression over `finding`, `facts`, `entities`, `evidence`
 * (by tool id, the `output` of the first piece found) and `now`; the first rule that holds wins.
 * `because` is the claim; `cites` are `tool` + JSON pointer pairs whose values the claim quotes.
 */
export const Rule = z.strictObject({
  id: z.string().regex(/^[a-z][a-z0-9-]*$/),
  when: z.string(),
  disposition: Disposition,
  confidence: z.number().min(0).max(1),
  severity: Severity.optional(),
  because: z.string(),
  cites: z.array(z.strictObject({ tool: z.string(), pointer: z.string() })),
  propose: z.array(
    z.strictObject({
      action: z.string(),
      target: Selector,
      params: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])).default({}),
    }),
  ),
});
export type Rule = z.infer<typeof Rule>;

/** Data for a family of finding types: `policies/playbooks/*.yaml`. */
export const Playbook = z.strictObject({
  id: z.string().regex(/^[a-z][a-z0-9-]*$/),
  title: z.string(),
  /** Finding types it is for: exact, or ending in `*`. The longest match wins; `*` is the last resort. */
  types: z.array(z.string()).min(1),
  attack: z.array(z.string()),
  severityFloor: Severity,
  leaseHours: z.number().positive().max(720),
  approvalHours: z.number().positive().max(72),
  evidence: z.array(
    z.strictObject({ tool: z.string(), target: Selector, stage: z.enum(['triage', 'investigate']) }),
  ),
  rules: z.array(Rule),
  actions: z.array(z.string()),
});
export type Playbook = z.infer<typeof Playbook>;
