import { actions } from '../functions/actions/registry.gen.ts';
import { describePolicies } from '../functions/adapters/cedar.ts';
import type { Action } from '../functions/core/account.ts';
import { findingTypesOf } from '../functions/core/playbook.ts';
import { runbookOf } from '../functions/core/runbook.ts';
import { isExpired } from '../functions/core/suppression.ts';
import { digests, guardrails, playbooks, suppressions } from '../functions/generated/policies.gen.ts';
import { sources } from '../functions/sources/registry.gen.ts';
import { tools } from '../functions/tools/registry.gen.ts';
import { sentences } from './action-sentences.gen.ts';
import { findingTypeRows } from './finding-types.ts';

/** Everything that is built in, read from the code itself. */
export function catalogue() {
  return {
    sources: sources.map(({ id, title, eventPatterns, types }) => ({ id, title, eventPatterns, types })),
    findingTypes: findingTypeRows(),
    playbooks: playbooks.map(({ id, title, types, danger, actions: allowed, leaseHours, attack }) => ({
      id,
      title,
      types,
      danger,
      actions: allowed,
      leaseHours,
      attack,
      runbook: runbookOf(id),
    })),
    tools: tools.map(({ id, title, description, targets }) => ({ id, title, description, targets })),
    actions: actions.map(describedAction),
    policies: describePolicies(guardrails.policies).map(({ id, effect, says }) => ({ id, effect, says })),
    suppressions: suppressions.suppressions.map(({ id, owner, expires, reason }) => ({
      id,
      owner,
      expires,
      reason,
      expired: isExpired({ expires }, new Date()),
    })),
    digests,
  };
}

/** With its own words for what it does to the resource of its first contract case, as in docs/actions.md. */
function describedAction({ id, title, targets, danger, family, order, permissions }: Action) {
  return {
    id,
    title,
    targets,
    danger,
    family,
    order,
    what: sentences[id]?.change,
    inverse: sentences[id]?.undo,
    cannotRestore: sentences[id]?.cannotRestore,
    permissions: permissions.flatMap((permission) => permission.actions),
    findingTypes: findingTypesOf(id, playbooks),
  };
}
