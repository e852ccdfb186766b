export const GUARD = 'p-guard0000';

const guarding = { Statement: { Effect: 'Deny', Action: 'organizations:LeaveOrganization', Resource: '*' } };

/** An organization with a policy that somebody else has written, and so many more that are attached to nothing. */
export function organization(guard: object = {}, more = 0, fields: object = {}) {
  const spares = Array.from({ length: more }, (_, at) => ({
    id: `p-spare${String(at).padStart(4, '0')}`,
    name: `spare ${at}`,
    content: guarding,
  }));
  const policies = [
    { id: GUARD, name: 'nobody leaves', content: guarding, targets: ['444455556666'], ...guard },
    ...spares,
  ];
  return { organization: { policies, ...fields } };
}
