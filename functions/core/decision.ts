import * as z from 'zod';

/** The kill switch (design, section 7), in rising order of power. */
export const Mode = z.enum(['off', 'observe', 'propose', 'act']);
export type Mode = z.infer<typeof Mode>;

/** The roles that a person may hold; the set that policies may ask for. */
export const ApproverRole = z.enum(['responder', 'owner', 'lead']);
export type ApproverRole = z.infer<typeof ApproverRole>;

export const Approver = z.strictObject({
  id: z.string().min(1).max(256),
  name: z.string().max(256),
  email: z.email(),
  roles: z.array(ApproverRole).min(1),
  /** The IAM principal that is this person on the SigV4 route. */
  principalArn: z.string().optional(),
});
export type Approver = z.infer<typeof Approver>;

/** May this run alone, does it need people, or is it forbidden; and which policies said so. */
export const Decision = z.discriminatedUnion('outcome', [
  z.strictObject({ outcome: z.literal('autonomous'), policies: z.array(z.string()) }),
  z.strictObject({
    outcome: z.literal('needs-approval'),
    policies: z.array(z.string()),
    /** The smallest sets of roles, one per distinct person, that would permit; any one of them will do. */
    required: z.array(z.array(ApproverRole).min(1)).min(1),
  }),
  z.strictObject({ outcome: z.literal('forbidden'), policies: z.array(z.string()), reason: z.string() }),
]);
export type Decision = z.infer<typeof Decision>;
