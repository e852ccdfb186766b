import type { EntryNamed, EntryOf, IncidentChain } from '../functions/core/entry.ts';
import { footholdWords } from '../functions/core/foothold-words.ts';
import { healthWords, regressionWords } from '../functions/core/health-words.ts';
import type { Custody, Incident, Recorded } from '../functions/core/incident.ts';
import { ownersLines } from '../functions/core/owners-words.ts';
import type { Consequence } from '../functions/core/plan.ts';
import { printable } from '../functions/core/printable.ts';
import { reachInWords } from '../functions/core/reach.ts';
import { runbookOfVerdict } from '../functions/core/runbook.ts';
import { undoingInWords } from '../functions/core/undoing-words.ts';

/** One line of the story: what happened, in one word, and what there is to say of it. */
export interface Line {
  readonly step: string;
  readonly text: string;
  /** Whether it is good news, bad news, or a person's turn. */
  readonly tone: 'plain' | 'good' | 'bad' | 'ask';
}

/** Tells one ledger entry in words that a responder reads at a glance. Entries that only a machine needs say nothing. */
export function narrate({ entry }: Pick<Recorded, 'entry'>, incident: Incident): Line[] {
  return tell(entry, incident).map((line) => ({ ...line, text: printable(line.text) }));
}

const linkWords = {
  'took-in': 'took in',
  beside: 'a finding is also about',
  supplements: 'answers what came in after the plan was fixed of',
  'supplemented-by': 'what comes in now that the plan is fixed is answered by',
} as const;

const line = (step: string, text: string, tone: Line['tone'] = 'plain'): Line => ({ step, text, tone });

function noticed(id: string, blastRadius: readonly Consequence[]): Line {
  const { count, because } = reachInWords(blastRadius);
  return line('plan', `${id} things that would notice: ${count} (${because})`);
}

function tell(entry: EntryOf<IncidentChain>, incident: Incident): Line[] {
  switch (entry.type) {
    case 'finding-received':
      return received(entry, incident);
    case 'incident-linked':
      return [line('linked', `${linkWords[entry.how]} ${entry.incident}`)];
    case 'merged-into':
      return [line('merged', `it goes on as ${entry.incident}`)];
    case 'model-turn':
      return entry.toolUses
        .filter(({ tool }) => tool !== 'submit')
        .map(({ tool, input }) =>
          line(entry.stage, `${entry.model} asks ${tool} about ${String(input.target)}`),
        );
    case 'tool-called':
      return [
        line(
          'evidence',
          `${entry.evidence.tool} of ${name(incident, entry.evidence.target)}: ${entry.evidence.status} (${entry.evidence.id})`,
        ),
      ];
    case 'verdict-reached':
      return verdict(entry);
    case 'plan-proposed':
      return [
        line(
          'plan',
          `manifest ${entry.manifestHash.slice(0, 12)}, lease ${entry.manifest.leaseSeconds / 3600} h`,
        ),
        ...entry.manifest.actions.flatMap(({ id, change, undoing }) => [
          line('plan', `${id} ${change}`),
          line('plan', `${id} ${undoingInWords(undoing)}`),
          noticed(id, entry.blastRadius[id] ?? []),
        ]),
        ...(entry.refused ?? []).map(({ action, message }) => line('plan', `not ${action}: ${message}`)),
        ...known(entry),
      ];
    case 'health-measured':
      return [line('health', healthWords(entry.signs, entry.gaps))];
    case 'health-observed':
      return entry.regressions.length > 0
        ? [line('health', `worse after the change: ${regressionWords(entry.regressions)}`, 'bad')]
        : [line('health', `look ${entry.look}: ${healthWords(entry.signs)}`)];
    case 'footholds-found':
      return entry.found.length > 0
        ? [line('sweep', `made before it was cut off: ${footholdWords(entry.found, entry.gaps)}`, 'bad')]
        : [line('sweep', `look ${entry.look}: ${footholdWords(entry.found, entry.gaps)}`)];
    case 'rollback-offered':
      return [line('health', `people are told: ${regressionWords(entry.regressions)}`, 'ask')];
    case 'nothing-planned':
      return [line('plan', `nothing to change: ${entry.reason}`), ...known(entry)];
    case 'evidence-preserved':
    case 'evidence-unavailable':
      return narrateCustody(entry);
    case 'decision-made':
      return [decision(entry)];
    case 'approval-requested':
      return [
        line(
          'approval',
          `asked ${entry.approvers.join(', ')} by ${entry.channels.join(' and ')}, until ${entry.expiresAt}`,
          'ask',
        ),
      ];
    case 'approval-given':
      return [
        line(
          'approval',
          `${entry.approver} (${entry.roles.join(', ')}) approved the ${entry.purpose === 'execute' ? 'plan' : 'rollback'} through the ${entry.channel}`,
          'good',
        ),
      ];
    case 'approval-denied':
      return [line('approval', `${entry.approver} denied it: ${entry.reason}`, 'bad')];
    case 'lease-ended':
      return [line('lease', 'the lease has ended')];
    case 'lease-reminded':
      return [line('lease', `ends at ${entry.leaseEndsAt}; people are told`)];
    case 'lease-renewed':
      return [line('lease', `${entry.approver} keeps it ${keptUntil(entry)}: ${entry.reason}`, 'good')];
    case 'intent-recorded':
      return [line('intent', `${verb(entry.direction)} ${entry.actionId} ${entry.action}`)];
    case 'effect-finished':
      return [
        entry.outcome.status === 'done'
          ? line(
              'effect',
              `${actionName(incident, entry)}: ${entry.direction === 'execute' ? 'done' : 'undone'}`,
            )
          : line(
              'effect',
              `${actionName(incident, entry)} failed: ${entry.outcome.error}: ${entry.outcome.message}`,
              'bad',
            ),
      ];
    case 'effect-verified':
      return [
        line(
          'verified',
          `${actionName(incident, entry)}: ${entry.observed}`,
          entry.verified ? 'good' : 'bad',
        ),
      ];
    case 'effect-refused':
      return [line('refused', `${actionName(incident, entry)} (${entry.cause}): ${entry.message}`, 'bad')];
    case 'containment-held':
      return [line('contained', `stands until ${entry.leaseEndsAt}`, 'good')];
    case 'incident-closed':
      return [line('closed', entry.reason, 'good')];
    case 'incident-escalated':
      return [line('escalated', entry.reason, 'ask')];
  }
}

function known(entry: EntryNamed<'plan-proposed'> | EntryNamed<'nothing-planned'>): Line[] {
  return ownersLines(entry.known).map(({ label, value }) =>
    line('known', `${label.toLowerCase()}: ${value}`),
  );
}

const occasions = { 'before-change': 'before the change', 'after-change': 'after the change' } as const;

/** What was kept for forensics, and what could not be. */
export function narrateCustody(entry: Custody): Line[] {
  const when = occasions[entry.occasion];
  if (entry.type === 'evidence-unavailable')
    return [line('kept', printable(`no evidence ${when}: ${entry.reason}`), 'bad')];
  const { files, manifestSha256, unavailable } = entry;
  const head = `evidence ${when}: ${files.length} files, manifest ${manifestSha256.slice(0, 12)}, signed`;
  const missing = unavailable.map(({ name: file, reason }) =>
    line('kept', printable(`without ${file}: ${reason}`)),
  );
  return [line('kept', head, 'good'), ...missing];
}

/** `a1 isolate-instance`; of a plan that another has replaced, the id alone. */
function actionName(
  { plan }: Incident,
  { actionId, manifestHash }: { readonly actionId: string; readonly manifestHash: string },
): string {
  const planned = plan?.manifestHash === manifestHash ? plan.manifest.actions : [];
  return [actionId, planned.find(({ id }) => id === actionId)?.action ?? ''].join(' ').trim();
}

function received(
  { finding, generation }: Extract<EntryOf<'fact'>, { type: 'finding-received' }>,
  incident: Incident,
): Line[] {
  const { type, title } = finding.finding_info;
  const where = `${finding.cloud.account} ${finding.cloud.region}`;
  return [
    line(
      'received',
      `${type} · ${finding.severity} · ${where}${finding.sample ? ' · sample' : ''}${finding.status === 'New' ? '' : ` · ${finding.status.toLowerCase()}`}: ${title}`,
    ),
    line(
      'correlated',
      `${incident.id}${generation > 1 ? ` (reopened, generation ${generation})` : ''}: ${incident.findings.length} finding(s) about ${incident.entities
        .filter(({ part }) => part === 'target')
        .map(({ handle, kind, id }) => `${handle} ${kind} ${id}`)
        .join(', ')}`,
    ),
  ];
}

function verdict(reached: Extract<EntryOf<'fact'>, { type: 'verdict-reached' }>): Line[] {
  const { stage, analyst, verdict: said, next, struck } = reached;
  const head = `${analyst}: ${said.disposition}, ${said.severity}, confidence ${said.confidence} → ${next}`;
  const claims = said.claims.map((claim) =>
    line('because', `${claim.text} [${[...new Set(claim.cites.map((cite) => cite.evidence))].join(', ')}]`),
  );
  const lost =
    struck > 0 ? [line('struck', `${struck} claim(s) that their evidence does not hold`, 'bad')] : [];
  const runbook = next === 'plan' ? runbookOfVerdict(reached) : undefined;
  return [
    line(stage === 'triage' ? 'triaged' : 'investigated', head),
    ...claims,
    ...lost,
    ...(runbook ? [line('runbook', runbook)] : []),
  ];
}

function decision({
  purpose,
  decision: made,
  mode,
}: Extract<EntryOf<'decision'>, { type: 'decision-made' }>): Line {
  const by = `by ${made.policies.join(', ') || 'default deny'} (mode ${mode})`;
  if (made.outcome === 'autonomous') return line('decision', `${purpose}: permitted ${by}`, 'good');
  if (made.outcome === 'forbidden')
    return line('decision', `${purpose}: forbidden, ${made.reason}, ${by}`, 'bad');
  const people = made.required.map((roles) => roles.join(' + ')).join(', or ');
  return line('decision', `${purpose}: needs approval of ${people}, ${by}`, 'ask');
}

function keptUntil({ leaseEndsAt }: EntryNamed<'lease-renewed'>): string {
  return leaseEndsAt ? `until ${leaseEndsAt}` : 'for good';
}

function verb(direction: 'execute' | 'rollback'): string {
  return direction === 'execute' ? 'about to carry out' : 'about to undo';
}

function name(incident: Incident, handle: string): string {
  const entity = incident.entities.find((one) => one.handle === handle);
  return entity ? `${entity.kind} ${entity.id}` : handle;
}
