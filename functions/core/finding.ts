import * as z from 'zod';
import { Entity } from './entity.ts';

/** OCSF 1.x `severity` captions in rising order; `severity_id` is the index + 1. */
export const Severity = z.enum(['Informational', 'Low', 'Medium', 'High', 'Critical']);
export type Severity = z.infer<typeof Severity>;

export function severityRank(severity: Severity): number {
  return Severity.options.indexOf(severity);
}

/** OCSF class of a finding: Vulnerability, Compliance, Detection or Data Security Finding. */
export const FindingClass = z.literal([2002, 2003, 2004, 2006]);
export type FindingClass = z.infer<typeof FindingClass>;

/** A text that an attacker may have written, with the field of the source's event that it came from. */
export const TaintedText = z.strictObject({ field: z.string().max(256), text: z.string().max(4096) });
export type TaintedText = z.infer<typeof TaintedText>;

/** What the source measured, for rules to reason over: counts, ports, booleans, enum values. Never free text. */
export const FindingFacts = z.record(
  z.string().max(64),
  z.union([z.number(), z.boolean(), z.string().max(256)]),
);
export type FindingFacts = z.infer<typeof FindingFacts>;

/** A file's hash under OCSF's name for the algorithm, in lower-case hex. Whoever reported it computed it. */
export const FileHash = z.strictObject({
  algorithm: z.enum(['MD5', 'SHA-1', 'SHA-256', 'SHA-512']),
  value: z.string().regex(/^([0-9a-f]{32}|[0-9a-f]{40}|[0-9a-f]{64}|[0-9a-f]{128})$/),
});
export type FileHash = z.infer<typeof FileHash>;

/**
 * One event from a source, normalised. Field names follow OCSF 1.x (`class_uid`, `finding_info`, `metadata`,
 * `cloud`); `entities`, `tainted`, `facts`, `sample`, `hashes` and `related` are ours.
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
  /** Of files and executables that the finding speaks of, for threat intelligence. Absent where there are none. */
  hashes: z.array(FileHash).max(100).optional(),
  /**
   * The `finding_info.uid` of findings that this one is made of, such as the signals of an attack sequence, or that
   * its product says belong to it. Absent where there are none.
   */
  related: z.array(z.string().min(1).max(2048)).max(100).optional(),
});
export type Finding = z.infer<typeof Finding>;
