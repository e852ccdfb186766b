import type { EntryNamed } from '../core/entry.ts';
import { healthWords } from '../core/health-words.ts';
import type { Incident } from '../core/incident.ts';
import { printable } from '../core/printable.ts';
import { runbookOfVerdict } from '../core/runbook.ts';
import { approvalCard, type Card, duration, inWords, knownLines, severityOf } from './card.ts';
import { readable } from './readable.ts';
import { unlinkable } from './unlinkable.ts';

interface Fact {
  readonly label: string;
  readonly value: string;
}

/**
 * What a message says, before it is mail or chat. Every text is printable, unlinkable and ours or labelled as
 * somebody else's; the only link is `button`.
 */
export interface Notice {
  readonly subject: string;
  readonly headline: string;
  readonly lead: string;
  readonly facts: readonly Fact[];
  readonly button?: { readonly label: string; readonly url: string };
  readonly footer: string;
}

/** Asks one approver. The link lets them look; deciding takes their own sign-in. */
export function approvalNotice(
  incident: Incident,
  { url, expiresAt }: { readonly url: string; readonly expiresAt: string },
): Notice | undefined {
  const card = approvalCard(incident);
  if (!card) return undefined;
  const headline = unlinkable(card.headline);
  return {
    subject: `Decide by ${readable(expiresAt)}: ${headline} (${card.severity})`,
    headline,
    lead: `Sallyport wants to make this change in account ${card.account} and may not do it alone. It waits for ${inWords(card.needs, 'or')}. Nothing happens until somebody decides.`,
    facts: approvalFacts(card, expiresAt),
    button: { label: 'Look and decide', url },
    footer: `Incident ${card.incident}, plan ${card.shortHash}. Forwarding this message gives nobody the right to decide.`,
  };
}

function approvalFacts(card: Card, expiresAt: string): Fact[] {
  const steps = card.actions.flatMap((action) => [
    { label: action.title, value: `${action.change} (${action.danger} danger)` },
    { label: 'Target', value: `${action.kind} ${action.target}, ${action.arn}` },
    ...(action.madeBy ? [{ label: 'Made by', value: action.madeBy }] : []),
    { label: 'Undo', value: `${action.undo} ${action.undoing}` },
    ...action.cannotRestore.map((lost) => ({ label: 'Cannot be restored', value: lost })),
    { label: 'Things that would notice', value: `${action.noticed.count}: ${action.noticed.because}` },
    ...action.reach.map(({ what, count }) => ({ label: 'Who will notice', value: `${what}: ${count}` })),
  ]);
  const finding = card.findings.at(-1);
  return facts([
    { label: 'Account', value: card.account },
    { label: 'Region', value: card.region },
    ...(finding ? [{ label: 'Finding', value: finding.title }] : []),
    ...putAside(card),
    ...card.known,
    ...steps,
    ...card.notPlanned.map((line) => ({ label: 'Not in this plan', value: line })),
    { label: 'Lease', value: card.lease },
    ...runbookFacts(card.runbook),
    { label: 'Decide by', value: readable(expiresAt) },
  ]);
}

/** Somebody at the source calls all of it done: people are told, and nothing is decided by that. */
function putAside({ findings }: Card): Fact[] {
  const said = [...new Set(findings.map((finding) => finding.putAside))];
  return said.includes('') ? [] : [{ label: 'Its source says', value: inWords(said) }];
}

/** What people do besides, on its page. Without its ending, which is a country's: a mail makes a link of that. */
function runbookFacts(runbook: string | undefined): Fact[] {
  return runbook === undefined ? [] : [{ label: 'Runbook', value: printable(runbook.replace(/\.md$/, '')) }];
}

/** Tells what an incident has come to. Nothing while it is still on its way. */
export function outcomeNotice(incident: Incident, consoleUrl: string): Notice | undefined {
  const told = outcomeOf(incident);
  if (!told) return undefined;
  const finding = incident.findings.at(-1);
  const title = unlinkable(printable(finding?.finding_info.title ?? 'no finding'));
  return {
    subject: `${told.word}: ${title} (${severityOf(incident)})`,
    headline: `${told.word}: ${title}`,
    lead: unlinkable(told.lead),
    facts: facts([...placeOf(incident), ...told.facts, ...runbookFacts(runbookOfVerdict(incident.verdict))]),
    button: { label: 'See what happened', url: new URL(`/incidents/${incident.id}`, consoleUrl).href },
    footer: `Incident ${printable(incident.id)}. From the command line: sallyport show ${printable(incident.id)}`,
  };
}

interface Told {
  readonly word: string;
  readonly lead: string;
  readonly facts: readonly Fact[];
}

function outcomeOf(incident: Incident): Told | undefined {
  const reason = printable(incident.ending?.reason ?? '', 600);
  switch (incident.status) {
    case 'contained':
      return contained(incident);
    case 'merged':
      return {
        word: 'Joined with another incident',
        lead: `A finding is about both. Everything that is known of this one is part of ${incident.mergedInto}, and goes on there.`,
        facts: [],
      };
    case 'closed':
      return { word: 'Closed', lead: `Nothing is left to do. Reason: ${reason}`, facts: [] };
    case 'escalated':
      return {
        word: 'Needs you',
        lead: `Sallyport stopped and hands this to people. Reason: ${reason}. What was changed so far stands.`,
        facts: [...askFacts(incident), ...doneFacts(incident)],
      };
    case 'empty':
    case 'working':
    case 'awaiting-approval':
      return undefined;
  }
}

/** After the change, and again when its lease ends soon or was renewed, or when health got worse after it. */
function contained(incident: Incident): Told {
  const news = incident.timeline.at(-1)?.entry;
  const until = readable(incident.leaseEndsAt ?? '');
  const then = `It stands until ${until}; then it is undone if that is safe, or a person is asked.`;
  const commands = `To keep it: sallyport renew ${incident.id} --hours 24 --reason "…". To undo it now: sallyport rollback ${incident.id}`;
  const told = { facts: [...leftOpen(incident), ...healthFacts(incident), ...doneFacts(incident)] };
  if (news?.type === 'rollback-offered') return worse(incident, news, `${then} ${commands}`);
  if (news?.type === 'lease-reminded')
    return { ...told, word: 'Lease ends soon', lead: `${then} ${commands}` };
  if (news?.type !== 'lease-renewed')
    return { ...told, word: 'Contained', lead: `The change was made and verified. ${then} ${commands}` };
  const by = `${news.approver} keeps what was contained: ${printable(news.reason, 600)}.`;
  return news.leaseEndsAt
    ? { ...told, word: 'Lease renewed', lead: `${by} ${then} ${commands}` }
    : { ...told, word: 'Made permanent', lead: by };
}

/** What a principal made and could not be taken away, which does not undo the rest. */
function leftOpen(incident: Incident): Fact[] {
  const done = verifiedIn(incident);
  return (approvalCard(incident)?.actions ?? [])
    .filter(({ id, madeBy }) => madeBy && !done.has(id))
    .map(({ title, kind, target }) => ({
      label: 'Still open',
      value: `${kind} ${target}: ${title} was not done`,
    }));
}

/** What is watched now; nothing where there is nothing to be measured. */
function healthFacts({ timeline, plan }: Incident): Fact[] {
  const measured = timeline
    .map(({ entry }) => entry)
    .findLast((entry) => entry.type === 'health-measured' && entry.manifestHash === plan?.manifestHash);
  if (measured?.type !== 'health-measured') return [];
  const { signs, gaps, watchSeconds } = measured;
  const found = printable(healthWords(signs, gaps), 600);
  const value = signs.length > 0 ? `for ${duration(watchSeconds)}: ${found}` : found;
  return [{ label: 'Health watched', value }];
}

/** More would not fit into one message of Slack. */
const MOST_SIGNS = 10;

/** The names of alarms and groups are anybody's text. */
function worse(incident: Incident, { regressions }: EntryNamed<'rollback-offered'>, offer: string): Told {
  const signs = regressions.slice(0, MOST_SIGNS).map(({ of, what }) => ({
    label: 'Got worse',
    value: `${what}: ${printable(of, 600)}`,
  }));
  return {
    word: 'Health got worse',
    lead: `Since the change, ${regressions.length} sign(s) of health got worse. Policy does not let it be undone without a person. ${offer}`,
    facts: [...signs, ...doneFacts(incident)],
  };
}

function placeOf(incident: Incident): Fact[] {
  const target =
    incident.plan?.manifest.actions[0]?.target ?? incident.entities.find(({ part }) => part === 'target');
  const cloud = incident.findings.at(-1)?.cloud;
  const place = target ?? cloud;
  return [
    ...(place
      ? [
          { label: 'Account', value: place.account },
          { label: 'Region', value: place.region },
        ]
      : []),
    ...(target
      ? [{ label: 'Resource', value: `${target.kind} ${printable(target.arn ?? target.id, 600)}` }]
      : []),
  ];
}

/** What the owner knows, from the latest plan or from what was said instead of one. */
function askFacts({ timeline }: Incident): readonly Fact[] {
  const planned = timeline.findLast(
    ({ entry }) => entry.type === 'plan-proposed' || entry.type === 'nothing-planned',
  )?.entry;
  return planned && 'known' in planned ? knownLines(planned.known) : [];
}

function doneFacts(incident: Incident): Fact[] {
  const done = verifiedIn(incident);
  return (approvalCard(incident)?.actions ?? [])
    .filter(({ id }) => done.has(id))
    .flatMap(({ title, change, undo, undoing }) => [
      { label: title, value: change },
      { label: 'Undo', value: `${undo} ${undoing}` },
    ]);
}

/** The ids of the current plan's actions that were made and read back. */
function verifiedIn({ effects, plan }: Incident): ReadonlySet<string> {
  return new Set(
    effects
      .filter(
        ({ direction, verified, manifestHash }) =>
          direction === 'execute' && verified && manifestHash === plan?.manifestHash,
      )
      .map(({ actionId }) => actionId),
  );
}

function facts(list: readonly Fact[]): Fact[] {
  return list.map(({ label, value }) => ({ label, value: unlinkable(value) }));
}
