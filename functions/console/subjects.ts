import type { Approver } from '../core/decision.ts';
import { isBroughtIn } from '../core/entity.ts';
import type { Incident } from '../core/incident.ts';
import { roleOf } from './identity.ts';

const principals = ['user', 'role', 'root', 'access-key'];

/**
 * Is the approver one of those whom the findings are about, by id, mail address or AWS principal? Such a person
 * decides nothing here. What an attacker can write or make bars nobody: else a forged finding that names every approver
 * would keep all of them from deciding. Somebody listed twice under two ids cannot be recognised.
 */
export function isSubject(approver: Approver, incident: Incident): boolean {
  const names = incident.entities
    .filter((entity) => !isBroughtIn(entity) && principals.includes(entity.kind))
    .flatMap(({ id, arn, parent }) => [id, arn, parent, parent?.split(':').at(-1)])
    .flatMap((name) => (name ? [name.toLowerCase(), roleOf(name)?.toLowerCase()] : []));
  return namesOf(approver).some((name) => names.includes(name));
}

function namesOf({ id, email, principalArn }: Approver): string[] {
  const own = [id, email, ...(principalArn ? [principalArn, roleOf(principalArn) ?? principalArn] : [])];
  return own.map((name) => name.toLowerCase());
}
