import * as z from 'zod';
import { Entity } from './entity.ts';

/** OCSF 1.x `severity` captions in rising order; `severity_id` is the index + 1. */
export const Severity = z.enum(['Informational', 'Low', 'Medium', 'High', 'Critical']);
export type Severity = z.infer<typeof Severity>;

export function severityRank(severity: Severity): number {
  return Severity.options.indexOf(severity);
}

/** OCSF class of a finding: Compliance, Vulnerability or Detection Finding. */
export const FindingClass = z.union([z.literal(2002), z.literal(2003), z.literal(2004)]);

/** A text that an attacker may have written, with the field of the source's event that it came from. */
export const TaintedText = z.strictObject({ field: z.string().max(256), text: z.string().max(4096) });
export type TaintedText = z.infer<typeof TaintedText>;

/** What the source measured, for rules to reason over: counts, ports, booleans, enum values. Never free text. */
export const FindingFacts = z.record(
  z.string().max(64),
  z.union([z.number(), z.boolean(), z.string().max(256)]),
);
export type FindingFacts = z.infer<typeof FindingFacts>;

/**
 * One event from a source, normalised. Field names follow OCSF 1.x (`class_uid`, `finding_info`, `metadata`,
 * `cloud`); `entities`, `tainted`, `facts`, `sample` are ours.
 */
export const Finding = z.strictObject({
  class_uid: FindingClass,
  finding_info: z.strictObject({
    uid: z.string().min(1).max(2048),
    title: z.string().max(1024),
    desc: z.string().max(4096),
    type: z.string().min(1).max(512),
    created_time: z.iso.datetime(),
    modified_time: z.iso.datetime(),
  }),
  metadata: z.strictObject({
    source: z.string().max(64),
    product: z.string().max(256),
    /** False for custom products, which any principal with BatchImportFindings can write: all is claimed. */
    aws_owned: z.boolean(),
  }),
  cloud: z.strictObject({ account: z.string().regex(/^\d{12}$/), region: z.string().max(32) }),
  severity: Severity,
  status: z.enum(['New', 'Resolved', 'Suppressed', 'Archived']),
  sample: z.boolean(),
  entities: z.array(Entity).max(200),
  facts: FindingFacts,
  tainted: z.array(TaintedText).max(200),
});
export type Finding = z.infer<typeof Finding>;
