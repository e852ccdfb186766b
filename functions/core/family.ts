/**
 * The families of actions (design, section 7). Each has a remediating function of its own, which can take the roles of
 * its family and no other. `policy` are those that write IAM or resource policies, whatever the service.
 */
export const families = ['compute', 'data', 'identity', 'network', 'policy'] as const;
export type Family = (typeof families)[number];

/** The state of a family's function in the state machine: `RemediateCompute`. */
export function remediationState(family: Family): string {
  return `Remediate${family.replace(/^./, (letter) => letter.toUpperCase())}`;
}

/** The family of each action that is built in, by the action's id. */
export type FamilyOfAction = ReadonlyMap<string, Family>;
