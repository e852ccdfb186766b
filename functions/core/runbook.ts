import type { EntryNamed } from './entry.ts';

/** Where the page for people stands that goes with a playbook: what it means, what to look at, what is left to do. */
export function runbookOf(playbook: string): string {
  return `policies/runbooks/${playbook}.md`;
}

/** The runbook of the playbook that a verdict was reached by; verdicts of before playbooks were recorded have none. */
export function runbookOfVerdict(verdict: EntryNamed<'verdict-reached'> | undefined): string | undefined {
  const playbook = verdict?.madeWith.playbook;
  return playbook === undefined ? undefined : runbookOf(playbook);
}
