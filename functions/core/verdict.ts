import * as z from 'zod';
import { Severity } from './finding.ts';

export const Disposition = z.enum(['true-positive', 'benign', 'false-positive', 'undetermined']);
export type Disposition = z.infer<typeof Disposition>;

/** Where a claim's support stands: the value at a JSON pointer (RFC 6901) into one piece of evidence. */
export const Citation = z.strictObject({
  evidence: z.string().max(80),
  pointer: z.string().max(512),
  value: z.union([z.string().max(1024), z.number(), z.boolean(), z.null()]),
});
export type Citation = z.infer<typeof Citation>;

export const Claim = z.strictObject({
  text: z.string().min(1).max(600),
  cites: z.array(Citation).min(1).max(8),
});
export type Claim = z.infer<typeof Claim>;

/** What an analyst may propose: an action of the catalogue on a handle of the incident, with enum and number parameters. */
export const Proposal = z.strictObject({
  action: z.string().max(64),
  target: z.string().regex(/^e\d{1,4}$/),
  params: z.record(z.string().max(64), z.union([z.string().max(64), z.number(), z.boolean()])),
});
export type Proposal = z.infer<typeof Proposal>;

/** An analyst's answer, whether rules or a model gave it. */
export const Verdict = z.strictObject({
  disposition: Disposition,
  severity: Severity,
  confidence: z.number().min(0).max(1),
  attack: z.array(z.string().regex(/^T\d{4}(\.\d{3})?$/)).max(20),
  summary: z.string().min(1).max(2000),
  claims: z.array(Claim).max(40),
  proposals: z.array(Proposal).max(12),
});
export type Verdict = z.infer<typeof Verdict>;
