import type { ModeGate } from '../adapters/cedar.ts';
import type { Approver, Mode } from '../core/decision.ts';
import type { Clock, KillSwitch, Ledger } from '../core/ports.ts';

interface ModeParts {
  readonly ledger: Pick<Ledger, 'appendOutside'>;
  readonly killSwitch: KillSwitch;
  readonly policy: ModeGate;
  readonly clock: Clock;
  /** Does the deployment know who people are (OIDC_ISSUER)? */
  readonly signIn: boolean;
}

export type ModeChange =
  | { readonly status: 'changed'; readonly from: Mode; readonly to: Mode }
  | { readonly status: 'unchanged'; readonly mode: Mode }
  | { readonly status: 'refused'; readonly policies: readonly string[]; readonly message: string };

/** Moves the kill switch if policy lets this person: first the entry, then the switch, so that no move goes unrecorded. */
export async function changeMode(
  { approver, to, reason }: { readonly approver: Approver; readonly to: Mode; readonly reason: string },
  { ledger, killSwitch, policy, clock, signIn }: ModeParts,
): Promise<ModeChange> {
  const from = await killSwitch.read();
  // An unreadable switch reads as off: a person's "off" is written even then.
  if (from === to && to !== 'off') return { status: 'unchanged', mode: to };
  const answer = policy.mayChangeMode(approver, from, to, signIn);
  if (!answer.allowed) return { status: 'refused', policies: answer.policies, message: answer.reason };
  const command = `mode#${clock().toISOString()}#${approver.id}`;
  await ledger.appendOutside<'system'>('system', command, {
    type: 'mode-changed',
    from,
    to,
    by: approver.id,
    reason,
  });
  await killSwitch.write(to);
  return { status: 'changed', from, to };
}
