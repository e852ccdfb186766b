import { describe, expect, it } from 'vitest';
import { approvalCard, duration } from '../../functions/console/card.ts';
import { custodyLines } from '../../functions/console/custody.ts';
import { mailOf } from '../../functions/console/mail.ts';
import { approvalNotice, outcomeNotice } from '../../functions/console/notice.ts';
import { slackOf } from '../../functions/console/slack.ts';
import { unlinkable } from '../../functions/console/unlinkable.ts';
import type { EntryOf } from '../../functions/core/entry.ts';
import { emptyIncident } from '../../functions/core/incident.ts';
import type { Manifest } from '../../functions/core/plan.ts';
import {
  account,
  finding,
  INCIDENT,
  instance,
  leftOut,
  manifest,
  rosa,
  type Story,
  waiting,
} from './story.ts';
import { ask, CONSOLE, decide, signedIn, world } from './world.ts';

const markup = '<script>alert(1)</script><img src=x onerror=alert(2)>"\'&';
const url = `${CONSOLE}/approvals/link-rosa`;
const expiresAt = '2026-11-21T07:00:00.000Z';

/** The same attack in every text that somebody else may have written. */
function attacked(text: string): Story {
  const [first] = manifest.actions;
  if (!first) throw new Error('the story has lost its plan');
  const target = { ...first.target, id: text, arn: `arn:aws:ec2:::${text}`, madeBy: `user:1:${text}` };
  const action = { ...first, target, change: text, undo: text, cannotRestore: [text] };
  const states = { before: { [text]: text }, expected: { [text]: `${text}!` } };
  const planned: Manifest = { ...manifest, actions: [{ ...action, ...states }] };
  const info = { ...finding.finding_info, title: text, type: text };
  return { finding: { ...finding, finding_info: info }, manifest: planned, summary: text };
}

function permitted(subject: string): EntryOf<'decision'> {
  return {
    type: 'decision-made',
    generation: 1,
    purpose: 'execute',
    subject,
    decision: { outcome: 'autonomous', policies: ['owner-or-lead-approves-change'] },
    mode: 'act',
    approvers: ['rosa'],
    policyDigest: 'a'.repeat(64),
  };
}

describe('the page', () => {
  it('shows markup as text, wherever it was written', async () => {
    const at = await world(attacked(markup));
    for (const path of ['/approvals/link-rosa', `/incidents/${INCIDENT}`]) {
      const { text } = await ask(at, path, {}, signedIn(rosa));
      expect(text).toContain('&lt;script&gt;alert(1)&lt;/script&gt;');
      expect(text).not.toMatch(/<script|<img|onerror=alert\(2\)>"/);
    }
  });

  it('makes bidi, zero-width and control characters visible', async () => {
    const at = await world(attacked('safe\u202eevil\u200b\u001b[2J'));
    const { text } = await ask(at, '/approvals/link-rosa', {}, signedIn(rosa));
    expect(text).toContain('<mark>⟨U+202E⟩</mark>');
    for (const unseen of ['\u202e', '\u200b', '\u001b']) expect(text).not.toContain(unseen);
  });

  it('makes no link out of anything but its own buttons', async () => {
    const at = await world(attacked('https://evil.example.net/login'));
    const { text } = await ask(at, '/approvals/link-rosa');
    const links = [...text.matchAll(/href="([^"]*)"/g)].map(([, href]) => href);
    expect(links).toEqual(['#decide', '/sandbox/sign-in?return=%2Fapprovals%2Flink-rosa']);
  });

  it('labels what the model said, and shows it after what will happen', async () => {
    const at = await world({ summary: 'Perfectly harmless, please approve at once.' });
    const { text } = await ask(at, '/approvals/link-rosa');
    expect(text).toContain('An attacker may have influenced it');
    expect(text.indexOf('Perfectly harmless')).toBeGreaterThan(text.indexOf('Cannot be restored'));
    expect(text.slice(0, text.indexOf('An attacker may have influenced it'))).not.toContain(
      'Perfectly harmless',
    );
  });

  it('says that the plan was approved once policy has permitted it, and speaks of no other person', async () => {
    const at = await world();
    await decide(at, rosa, 'approve');
    await at.ledger.append(INCIDENT, 'decision', 'decided-again', () => [permitted(at.hash)]);
    const { text } = await ask(at, '/approvals/link-rosa', {}, signedIn(rosa));
    expect(text).toContain('This plan was approved');
    expect(text).not.toContain('waits for another person');
  });

  it('shows everything that a person has to know', async () => {
    const { text } = await ask(await world(), '/approvals/link-rosa');
    for (const words of [
      account,
      'eu-west-1',
      `arn:aws:ec2:eu-west-1:${account}:instance/${instance}`,
      'sg-0web, sg-0default',
      'one without any rule',
      'The interface gets its former groups back.',
      'high danger',
      'Connections that were open are cut for good',
      'Callers in the last 24 hours',
      'not available',
      '24 hours',
      'owner-or-lead-approves-change',
      'policies/runbooks/compromised-instance.md',
      'describe-instance',
      finding.finding_info.title,
    ])
      expect(text).toContain(words);
  });

  it('is kept from those who have not signed in when it tells the whole story', async () => {
    const at = await world();
    const { status, text } = await ask(at, `/incidents/${INCIDENT}`);
    expect(status).toBe(401);
    expect(text).not.toContain(instance);
    const seen = await ask(at, `/incidents/${INCIDENT}`, {}, signedIn(rosa));
    expect(seen.text).toContain('Plan proposed');
  });
});

describe('the card', () => {
  it('is rendered from the manifest, whatever the model said', async () => {
    const { ledger, hash } = await waiting();
    const other = await waiting({ summary: 'Actually this only restarts a printer.' });
    const [card, told] = [
      approvalCard(await ledger.read(INCIDENT)),
      approvalCard(await other.ledger.read(INCIDENT)),
    ];
    expect(card).toMatchObject({ manifestHash: hash, headline: expect.stringContaining(instance) });
    expect({ ...told, advice: undefined }).toEqual({ ...card, advice: undefined });
  });

  it('says on the page and in the mail what was proposed and is not in the plan', async () => {
    const { ledger } = await waiting();
    const notice = approvalNotice(await ledger.read(INCIDENT), { url, expiresAt });
    const mail = notice && (await mailOf(notice, [rosa]));
    expect(mail?.text).toContain(`Not in this plan: revoke-sessions: ${leftOut.message}`);
    const { text } = await ask(await world(), '/approvals/link-rosa', {}, signedIn(rosa));
    expect(text).toContain('Not in this plan');
    expect(text).toContain(leftOut.message);
  });

  it('shows what the action expects to change, thing by thing, and nothing else', async () => {
    const { ledger } = await waiting();
    const card = approvalCard(await ledger.read(INCIDENT));
    expect(card?.actions.map(({ changes }) => changes)).toEqual([
      [
        { what: 'volumes › vol-0aa11 › deleteOnTermination', before: 'true', after: 'false' },
        { what: 'terminationProtection', before: 'false', after: 'true' },
        { what: 'snapshots', before: '—', after: 'vol-0aa11' },
      ],
      [
        {
          what: 'interfaces › eni-04d5e6 › groups',
          before: 'sg-0web, sg-0default',
          after: 'one without any rule',
        },
      ],
    ]);
  });

  it('says what undoing each step costs: what was kept, or whom it lets back in', async () => {
    const { ledger } = await waiting();
    const card = approvalCard(await ledger.read(INCIDENT));
    expect(card?.actions.map(({ undoing }) => undoing)).toEqual([
      'Undoing it gives nobody access back, but loses what was kept as evidence.',
      'Undoing it gives access, or cover, back to whoever was kept from it.',
    ]);
    const { text } = await ask(await world(), '/approvals/link-rosa');
    for (const { undoing } of card?.actions ?? []) expect(text).toContain(undoing);
  });

  it('gives one number of things that would notice: what is unknown makes it large', async () => {
    const { ledger } = await waiting();
    const card = approvalCard(await ledger.read(INCIDENT));
    expect(card?.actions.map(({ noticed }) => noticed)).toEqual([
      { count: '1', because: 'the largest of 1 measurement(s): Volumes copied' },
      { count: 'large', because: 'not available: 1 of 2 measurement(s)' },
    ]);
    const { text } = await ask(await world(), '/approvals/link-rosa');
    expect(text.replaceAll(/<[^>]*>/g, '')).toContain('Things that would notice: large');
  });

  it.each([
    [86_400, '24 hours'],
    [604_800, '7 days'],
    [5400, '90 minutes'],
    [61, '61 seconds'],
  ])('says %i seconds as %s', (seconds, words) => expect(duration(seconds)).toBe(words));
});

describe('messages', () => {
  async function messages(story: Story) {
    const { ledger } = await waiting(story);
    const notice = approvalNotice(await ledger.read(INCIDENT), { url, expiresAt });
    if (!notice) throw new Error('nothing to tell');
    return { mail: await mailOf(notice, [rosa]), chat: slackOf(notice) };
  }

  it('carry the account, the region, the resource, the undo and one link', async () => {
    const { mail, chat } = await messages({});
    for (const body of [mail.text, mail.html, JSON.stringify(chat)]) {
      for (const words of [
        account,
        'eu-west-1',
        instance,
        'former groups',
        'cover, back',
        '2026-11-21 07:00 UTC',
      ])
        expect(body).toContain(words);
      expect(body.match(/https:\/\/[^\s"<]+/g)).toEqual([url]);
    }
  });

  it('carry no word of the model', async () => {
    const { mail, chat } = await messages({ summary: 'Trust me, approve this.' });
    expect(mail.text + mail.html + JSON.stringify(chat)).not.toContain('Trust me');
  });

  it('show markup as text and make no link of what somebody else wrote', async () => {
    const { mail, chat } = await messages(attacked(`${markup} https://evil.example.net <!channel> @here`));
    expect(mail.html).not.toMatch(/<script|<img/);
    expect(mail.html + mail.text + JSON.stringify(chat)).not.toMatch(/https?:\/\/evil|evil\.example/);
    expect(chat.text).not.toContain('<');
    expect(JSON.stringify(chat.blocks)).not.toContain('mrkdwn');
  });

  it('have subjects of one line', async () => {
    const { mail } = await messages(attacked('a\r\nBcc: everybody@example.com'));
    expect(mail.subject).not.toMatch(/[\r\n]/);
    expect(mail.subject.length).toBeLessThanOrEqual(200);
  });

  it('keep to the sizes that Slack takes', async () => {
    const { chat } = await messages(attacked('x'.repeat(300)));
    expect(chat.blocks.length).toBeLessThanOrEqual(50);
    for (const block of chat.blocks) expect(JSON.stringify(block).length).toBeLessThan(3200);
  });

  it('say in Slack how much was left out for its limit', () => {
    const facts = Array.from({ length: 43 }, (_, at) => ({ label: 'Target', value: `t-${at}` }));
    const { blocks } = slackOf({ subject: '', headline: 'h', lead: 'l', facts, footer: 'f' });
    expect(blocks.length).toBeLessThanOrEqual(50);
    expect(JSON.stringify(blocks)).toContain('And 3 more, on the page.');
    const few = slackOf({ subject: '', headline: 'h', lead: 'l', facts: facts.slice(0, 40), footer: 'f' });
    expect(JSON.stringify(few)).not.toContain('more, on the page');
  });

  it('say what its source has made of the findings, once it is so of all of them', async () => {
    const { ledger } = await waiting();
    const said = async () =>
      approvalNotice(await ledger.read(INCIDENT), { url: CONSOLE, expiresAt })?.facts.find(
        ({ label }) => label === 'Its source says',
      )?.value;
    expect(await said()).toBeUndefined();
    await ledger.append(INCIDENT, 'fact', 'aside', ({ findings, generation }) =>
      findings.map((finding) => ({
        type: 'finding-received',
        generation,
        finding: { ...finding, status: 'Suppressed' },
      })),
    );
    expect(await said()).toBe('suppressed');
  });

  it('tell that an incident goes on as another one', async () => {
    const { ledger } = await waiting();
    const alone = 'INC-00000000000ALONE';
    const [finding] = (await ledger.read(INCIDENT)).findings;
    if (!finding) throw new Error('no finding');
    await ledger.append(alone, 'fact', 'merged', () => [
      { type: 'finding-received', generation: 1, finding },
      { type: 'merged-into', generation: 1, incident: INCIDENT },
    ]);
    expect(outcomeNotice(await ledger.read(alone), CONSOLE)).toMatchObject({
      subject: expect.stringMatching(/^Joined with another incident: /),
      lead: expect.stringContaining(INCIDENT),
    });
  });

  it('tell what an incident came to, and nothing while it is on its way', async () => {
    const { ledger } = await waiting();
    expect(outcomeNotice(await ledger.read(INCIDENT), CONSOLE)).toBeUndefined();
    await ledger.append(INCIDENT, 'decision', 'end', () => [
      { type: 'incident-escalated', generation: 1, reason: 'nobody decided in time' },
    ]);
    const notice = outcomeNotice(await ledger.read(INCIDENT), CONSOLE);
    expect(notice).toMatchObject({
      subject: expect.stringMatching(/^Needs you: /),
      facts: expect.arrayContaining([{ label: 'Runbook', value: 'policies/runbooks/compromised-instance' }]),
      lead: expect.stringContaining('nobody decided in time'),
      button: { url: `${CONSOLE}/incidents/${INCIDENT}` },
    });
  });
});

describe('the message about health that got worse', () => {
  const alarm = 'arn:aws:cloudwatch:eu-west-1:111122223333:alarm:web';
  const told = async (of: string) => {
    const { ledger, hash } = await waiting();
    const about = { generation: 1, manifestHash: hash };
    await ledger.append(INCIDENT, 'effect', 'held', () => [
      { type: 'containment-held', ...about, leaseEndsAt: expiresAt },
    ]);
    await ledger.append(INCIDENT, 'decision', 'offer', () => [
      {
        type: 'rollback-offered',
        ...about,
        regressions: [{ of, what: 'the alarm went off after the change' }],
      },
    ]);
    const notice = outcomeNotice(await ledger.read(INCIDENT), CONSOLE);
    if (!notice) throw new Error('nothing to tell');
    return { notice, mail: await mailOf(notice, [rosa]), chat: slackOf(notice) };
  };

  it('says what got worse, and how the containment is undone', async () => {
    const { notice, mail } = await told(alarm);
    expect(notice.subject).toMatch(/^Health got worse: /);
    expect(mail.text).toContain('the alarm went off after the change');
    expect(mail.text).toContain(`sallyport rollback ${INCIDENT}`);
  });

  it('makes no link of an alarm’s name, which is anybody’s text', async () => {
    const { mail, chat } = await told(`${alarm} <script> https://evil.example.net <!channel>`);
    expect(mail.html + mail.text + JSON.stringify(chat)).not.toMatch(/https?:\/\/evil|evil\.example/);
    expect(mail.html).not.toContain('<script');
    expect(JSON.stringify(chat.blocks)).not.toContain('mrkdwn');
  });
});

describe('unlinkable text', () => {
  it.each([
    ['http://evil.net/x', 'hxxp[:]//evil[.]net/x'],
    ['HTTPS://evil.net', 'HxxPS[:]//evil[.]net'],
    ['ftp://evil.net', 'ftp[:]//evil[.]net'],
    ['someone@evil.net', 'someone[@]evil[.]net'],
    ['198.51.100.7', '198.51.100.7'],
    ['Done. Next one.', 'Done. Next one.'],
  ])('writes %s as %s', (text, expected) => expect(unlinkable(text)).toBe(expected));
});

describe('what was kept for forensics', () => {
  const kept = {
    type: 'evidence-preserved',
    generation: 1,
    occasion: 'before-change',
    plan: 'a'.repeat(64),
    bundle: 's3://vault/evidence/INC-1/b',
    manifestSha256: 'b'.repeat(64),
    signingKey: 'arn:aws:kms:eu-central-1:111122223333:key/1',
    signingAlgorithm: 'ECDSA_SHA_256',
    custodian: 'arn:aws:iam::111122223333:role/collect',
    files: [{ name: 'ledger.json', bytes: 1, sha256: 'c'.repeat(64) }],
    unavailable: [{ name: 'e1-trail.json', reason: `no answer${markup}\u202e` }],
  } as const;

  it('stands on the card with its hash and what is missing, and what came of another plan does not', () => {
    const plan = { manifestHash: kept.plan } as never;
    const lines = custodyLines({
      ...emptyIncident('INC-1'),
      plan,
      custody: [{ ...kept, files: [...kept.files], unavailable: [...kept.unavailable] }],
    });
    expect(lines).toHaveLength(1);
    expect(lines[0]).toMatch(
      /^Evidence kept before the change: 1 file\(s\), manifest SHA-256 b{64}, signed, in s3:\/\/vault/,
    );
    expect(lines[0]).toContain('without e1-trail.json: no answer');
    expect(lines[0]).not.toContain('\u202e');
    const other = { manifestHash: 'd'.repeat(64) } as never;
    const custody = [{ ...kept, files: [...kept.files], unavailable: [...kept.unavailable] }];
    expect(custodyLines({ ...emptyIncident('INC-1'), plan: other, custody })).toEqual([
      'No evidence was kept for forensics.',
    ]);
  });

  it('stands on the approval page and on the incident’s, what is missing as text that nobody can make a page of', async () => {
    const at = await world();
    const { files, unavailable } = kept;
    await at.ledger.append(INCIDENT, 'fact', 'collected', () => [
      { ...kept, plan: at.hash, files: [...files], unavailable: [...unavailable] },
    ]);
    for (const path of ['/approvals/link-rosa', `/incidents/${INCIDENT}`]) {
      const { text } = await ask(at, path, {}, signedIn(rosa));
      expect(text).toContain('Evidence kept before the change');
      expect(text).toContain(`manifest SHA-256 ${kept.manifestSha256}`);
      expect(text).toContain('without e1-trail.json: no answer&lt;script&gt;');
      expect(text).not.toMatch(/<script|<img|\u202e/);
    }
  });
});
