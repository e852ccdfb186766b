import { matchPlaybook } from '../functions/analyst/playbook.ts';
import type { Playbook } from '../functions/core/playbook.ts';
import { playbooks } from '../functions/generated/policies.gen.ts';
import { activeTypes, type DefaultSeverity } from '../functions/sources/guardduty/active-types.ts';

/** What may come of a finding of a type, or of a family of types: `SecurityHub:Control/*`. */
export interface FindingTypeRow {
  readonly type: string;
  readonly playbook: string;
  /** How severe an incident of it is at least. */
  readonly severity: Playbook['severityFloor'];
  readonly actions: readonly string[];
  readonly leaseHours: number;
  /** The feature of GuardDuty that finds it, and how severe GuardDuty calls it. Absent for other products' types. */
  readonly feature?: string;
  readonly defaultSeverity?: DefaultSeverity;
}

/** Each type that GuardDuty sends by itself; of all others the families that playbooks take, the last resort included. */
export function findingTypeRows(): readonly FindingTypeRow[] {
  const active = Object.entries(activeTypes).flatMap(([feature, types]) =>
    Object.entries(types).map(([type, defaultSeverity]) => ({
      ...rowOf(type, matchPlaybook(type, playbooks)),
      feature,
      defaultSeverity,
    })),
  );
  const named = new Set(active.map(({ type }) => type));
  const families = playbooks.flatMap((playbook) =>
    playbook.types.filter((type) => !named.has(type)).map((type) => rowOf(type, playbook)),
  );
  return [...active, ...families].sort((one, other) => (one.type < other.type ? -1 : 1));
}

function rowOf(type: string, { id, severityFloor, actions, leaseHours }: Playbook): FindingTypeRow {
  return { type, playbook: id, severity: severityFloor, actions, leaseHours };
}
