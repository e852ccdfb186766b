import type { LeaseGate, ModeGate } from '../adapters/cedar.ts';
import type { Approver } from '../core/decision.ts';
import type { Clock, Doorbells, KillSwitch, Ledger, Links, Workflow } from '../core/ports.ts';

/** Everything that the console works with. The Lambda's handler makes it; tests make it in memory. */
export interface ConsoleSettings {
  readonly ledger: Ledger;
  readonly doorbells: Pick<Doorbells, 'ring'>;
  readonly links: Pick<Links, 'find'>;
  readonly killSwitch: KillSwitch;
  readonly workflow: Workflow;
  readonly policy: ModeGate & LeaseGate;
  readonly approvers: readonly Approver[];
  readonly clock: Clock;
  /** Where the console is reached: what a form's Origin must be. */
  readonly consoleUrl: string;
  /** Absent until sign-in is configured: pages are then read-only, and decisions come by the IAM routes. */
  readonly oidcIssuer?: string;
  /** Where a person signs in; the page's path is appended, percent-encoded: `/sandbox/sign-in?return=`. */
  readonly signInUrl?: string;
  /** The key of form tokens, shared by all instances of the console. */
  readonly formKey: () => Promise<string>;
  /** One sentence about a policy, for the card. */
  readonly policySays: (id: string) => string | undefined;
}

/** What hono/aws-lambda hands over with each request; only the authorizer is read. */
interface ConsoleBindings {
  readonly event?: { readonly requestContext?: { readonly authorizer?: unknown } };
}
export interface ConsoleEnv {
  Bindings: ConsoleBindings;
}
