import * as z from 'zod';
import { EntityKind, EntityPart } from './entity.ts';
import { Severity } from './finding.ts';
import { Danger } from './plan.ts';
import { Disposition } from './verdict.ts';

/** Which entity of the incident a step is about. `made`: what a principal of the incident made, and nothing else. */
export const Selector = z.strictObject({
  kind: EntityKind,
  part: EntityPart.optional(),
  made: z.literal(true).optional(),
});
export type Selector = z.infer<typeof Selector>;

/** What a rule says, and the values that it says it of: `tool` + JSON pointer pairs; the tool `finding` is the finding. */
export const Assertion = z.strictObject({
  text: z.string().min(1).max(500),
  cites: z
    .array(z.strictObject({ tool: z.string(), pointer: z.string() }))
    .min(1)
    .max(8),
});

/**
 * A rule that decides without a model. `when` is a CEL expression over `finding`, `facts`, `entities`, `evidence`
 * (by tool id, the output of one piece found), `missing` and `failed` (ids of tools that found nothing, or failed),
 * `environment` (the owner's, and `forensicsAccount`, null where none is configured), `openChangeWindows` (ids of the
 * owner's change windows in which the finding was written) and `now`; an entity's `is` says that it is the owner's
 * `own network`, `own scanner` or `CI role`;
 * `inNetwork(address, range)` says whether a range such as `192.0.2.0/24` holds an address. The first rule that holds
 * wins. All of these are stripped of what an attacker may have written. That text is in `tainted`, which only rules that
 * do not dismiss may read. Each claim becomes one of the verdict, `{0}` in its text standing for the first value that it
 * cites. Where it finds a true positive, every action of the playbook that answers what the principals made
 * (`Action.answers`) is proposed as well, after the rule's own.
 */
export const Rule = z.strictObject({
  id: z.string().regex(/^[a-z][a-z0-9-]*$/),
  when: z.string(),
  disposition: Disposition,
  confidence: z.number().min(0).max(1),
  severity: Severity.optional(),
  claims: z.array(Assertion).min(1).max(10),
  propose: z
    .array(
      z.strictObject({
        action: z.string(),
        target: Selector,
        /** Where only one of those is meant: its id, worked out as in `from`. Null means: none. */
        only: z.string().optional(),
        params: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])).default({}),
        /** Parameters that are worked out: CEL over what `when` sees, `tainted` excepted. Null means: do not propose. */
        from: z.record(z.string(), z.string()).default({}),
      }),
    )
    .default([]),
});
export type Rule = z.infer<typeof Rule>;

/** Data for a family of finding types: `policies/playbooks/*.yaml`. */
export const Playbook = z.strictObject({
  id: z.string().regex(/^[a-z][a-z0-9-]*$/),
  title: z.string(),
  /** Finding types it is for: exact, or ending in `*`. The longest match wins; `*` is the last resort. */
  types: z.array(z.string()).min(1),
  /** MITRE ATT&CK techniques, `T1078.004`. */
  attack: z.array(
    z.string().regex(/^T\d{4}(\.\d{3})?$/, 'expected a technique of MITRE ATT&CK, such as T1078.004'),
  ),
  severityFloor: Severity,
  /** The most danger that an action of it may have. */
  danger: Danger,
  leaseHours: z.number().positive().max(720),
  approvalHours: z.number().positive().max(72),
  /** How long the health of what was changed is watched after a containment; 0 for not at all. */
  watchMinutes: z.number().min(0).max(1440).default(30),
  /** How long after a containment what its principals made before is looked for; 0 for not at all. */
  sweepMinutes: z.number().min(0).max(1440).default(30),
  evidence: z.array(
    z.strictObject({ tool: z.string(), target: Selector, stage: z.enum(['triage', 'investigate']) }),
  ),
  rules: z.array(Rule),
  actions: z.array(z.string()),
});
export type Playbook = z.infer<typeof Playbook>;

/** What of a playbook whoever plans, decides and asks has to know: not how a verdict is reached. */
export type PlaybookTerms = Omit<Playbook, 'rules' | 'evidence'>;

/** The finding types, or their beginnings, for which a playbook may propose the action. */
export function findingTypesOf(action: string, playbooks: readonly Playbook[]): string[] {
  return playbooks.filter(({ actions }) => actions.includes(action)).flatMap(({ types }) => types);
}
