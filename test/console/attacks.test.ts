import { describe, expect, it } from 'vitest';
import { approvalCard } from '../../functions/console/card.ts';
import { manifestHash } from '../../functions/core/plan.ts';
import { account, finding, INCIDENT, lena, manifest, proposal, rosa, tim } from './story.ts';
import { answers, ask, CONSOLE, decide, fromOurPage, ISSUER, signedIn, world } from './world.ts';

describe('a mail scanner', () => {
  it.each(['GET', 'HEAD'])('that follows the link with %s decides nothing', async (method) => {
    const at = await world();
    const answer = await ask(at, '/approvals/link-rosa', { method });
    expect(answer.status).toBe(200);
    expect(await answers(at)).toEqual([]);
    expect(at.rung).toEqual([]);
  });

  it('that guesses an outcome into the query decides nothing', async () => {
    const at = await world();
    for (const query of ['?outcome=approve', '?outcome=deny&reason=no', '/approve', '/deny'])
      await ask(at, `/approvals/link-rosa${query}`, {}, signedIn(rosa));
    expect(await answers(at)).toEqual([]);
  });

  it('that runs scripts and submits forms finds no form without signing in', async () => {
    const at = await world();
    const { text } = await ask(at, '/approvals/link-rosa');
    expect(text).not.toContain('<form');
    expect(text).toContain('Sign in to decide');
    const sent = await decide(at, rosa, 'approve', { as: undefined });
    expect(sent.status).toBe(401);
    expect(await answers(at)).toEqual([]);
  });
});

describe('a forwarded link', () => {
  it('lets another signed-in approver look and not decide', async () => {
    const at = await world();
    const { text } = await ask(at, '/approvals/link-rosa', {}, signedIn(lena));
    expect(text).toContain('this link was made for somebody else');
    expect(text).not.toContain('<form');
    const sent = await decide(at, rosa, 'approve', { as: signedIn(lena) });
    expect(sent).toMatchObject({ status: 403 });
    expect(sent.text).toContain('This link was made for somebody else');
    expect(await answers(at)).toEqual([]);
  });

  it('is worth nothing to a signed-in person who is no approver', async () => {
    const at = await world();
    const stranger = { ...rosa, id: 'stranger' };
    const sent = await decide(at, rosa, 'approve', { as: signedIn(stranger) });
    expect(sent.status).toBe(401);
    expect(await answers(at)).toEqual([]);
  });

  it('is worth nothing with a token of another issuer', async () => {
    const at = await world();
    const sent = await decide(at, rosa, 'approve', { as: signedIn(rosa, 'https://evil.example.net') });
    expect(sent.status).toBe(401);
    expect(await answers(at)).toEqual([]);
  });

  it('does not make an identity out of a header or a query', async () => {
    const at = await world();
    const headers = { ...fromOurPage, authorization: 'Bearer rosa', 'x-user': 'rosa', cookie: 'sub=rosa' };
    const sent = await decide(at, rosa, 'approve', { as: undefined, headers });
    expect(sent.status).toBe(401);
    expect(await answers(at)).toEqual([]);
  });
});

describe('an edited form', () => {
  it('with an outcome that we do not know records nothing', async () => {
    const at = await world();
    expect((await decide(at, rosa, 'approve-all')).status).toBe(400);
    expect(await answers(at)).toEqual([]);
  });

  it('with the token of another person records nothing', async () => {
    const at = await world();
    const hers = await ask(at, '/approvals/link-lena', {}, signedIn(lena));
    const token = /name="token" value="([^"]+)"/.exec(hers.text)?.[1] ?? '';
    expect(token).not.toBe('');
    expect((await decide(at, rosa, 'approve', { fields: { token } })).status).toBe(403);
    expect(await answers(at)).toEqual([]);
  });

  it('with the hash of another plan records nothing', async () => {
    const at = await world();
    const sent = await decide(at, rosa, 'approve', { fields: { manifestHash: 'b'.repeat(64) } });
    expect(sent.status).toBe(403);
    expect(await answers(at)).toEqual([]);
  });

  it('cannot turn a denial into an approval afterwards', async () => {
    const at = await world();
    expect((await decide(at, rosa, 'deny')).text).toContain('Denied');
    const path = '/approvals/link-rosa';
    const page = await ask(at, path, {}, signedIn(rosa));
    expect(page.text).toContain('This plan was denied');
    expect(page.text).not.toContain('<form');
    expect(await answers(at)).toEqual(['approval-denied by rosa']);
  });

  it('that denies without a reason is sent back', async () => {
    const at = await world();
    const sent = await decide(at, rosa, 'deny', { fields: { reason: '  ' } });
    expect(sent).toMatchObject({ status: 400 });
    expect(sent.text).toContain('A denial needs a reason');
    expect(await answers(at)).toEqual([]);
  });

  it('that is far too large is refused before it is read', async () => {
    const at = await world();
    const sent = await decide(at, rosa, 'deny', { fields: { reason: 'x'.repeat(20_000) } });
    expect(sent.status).toBe(413);
    expect(await answers(at)).toEqual([]);
  });
});

describe('another site', () => {
  it.each([
    ['its own Origin', { origin: 'https://evil.example.net', 'sec-fetch-site': 'cross-site' }],
    ['a null Origin', { origin: 'null' }],
    ["our Origin, against the browser's own word", { origin: CONSOLE, 'sec-fetch-site': 'cross-site' }],
    [
      'its own Origin, claiming ours',
      { origin: 'https://evil.example.net', 'sec-fetch-site': 'same-origin' },
    ],
    ['a sibling host', { origin: 'https://other.example.com', 'sec-fetch-site': 'same-site' }],
    ['neither header', {}],
  ])('cannot submit the form for somebody who is signed in: %s', async (_, headers) => {
    const at = await world();
    expect((await decide(at, rosa, 'approve', { headers })).status).toBe(403);
    expect(await answers(at)).toEqual([]);
  });

  it.each([
    [
      'as a browser writes it, whose page sends no referrer',
      { origin: 'null', 'sec-fetch-site': 'same-origin' },
    ],
    ['as a browser without fetch metadata writes it', { origin: CONSOLE }],
  ])('is not what our own form is taken for: %s', async (_, headers) => {
    const at = await world();
    expect((await decide(at, rosa, 'approve', { headers })).status).toBe(200);
  });

  it('cannot frame any page, nor learn its address, nor run a script in it', async () => {
    const at = await world();
    for (const path of ['/approvals/link-rosa', '/approvals/unknown', `/incidents/${INCIDENT}`, '/nothing']) {
      const { headers } = await ask(at, path);
      const policy = headers.get('content-security-policy') ?? '';
      expect(policy).toContain("default-src 'none'");
      expect(policy).toContain("frame-ancestors 'none'");
      expect(policy).toContain("form-action 'self'");
      expect(policy).not.toContain('script');
      expect(policy).not.toContain('unsafe');
      expect(headers.get('referrer-policy')).toBe('no-referrer');
      expect(headers.get('x-content-type-options')).toBe('nosniff');
      expect(headers.get('cache-control')).toBe('no-store');
      expect(headers.get('strict-transport-security')).toMatch(/max-age=\d{8}/);
      expect(headers.get('access-control-allow-origin')).toBeNull();
    }
  });
});

describe('clicking twice, late, or after somebody else', () => {
  it('records a second click nowhere, rings again, and says that the first answer stands', async () => {
    const at = await world();
    const token = await tokenOf(at);
    expect((await sendForm(at, token)).status).toBe(200);
    const second = await sendForm(at, token);
    expect(second.status).toBe(409);
    expect(second.text).toContain('You approved this plan already');
    expect(at.rung).toEqual(['approval', 'approval']);
    expect(await answers(at)).toEqual(['approval-given by rosa']);
  });

  it('records two clicks at the same moment once', async () => {
    const at = await world();
    await Promise.all([decide(at, rosa, 'approve'), decide(at, rosa, 'approve')]);
    expect(await answers(at)).toEqual(['approval-given by rosa']);
  });

  it('tells a person who said yes and no at the same moment which of them stands', async () => {
    const at = await world();
    at.ledger.race = async () => {
      expect((await decide(at, rosa, 'deny')).text).toContain('Denied');
    };
    const late = await sendForm(at, await tokenOf(at));
    expect(late.status).toBe(409);
    expect(late.text).toContain('You denied this plan already');
    expect(await answers(at)).toEqual(['approval-denied by rosa']);
  });

  it('takes the first of two approvers who race, and tells the other', async () => {
    const at = await world();
    at.ledger.race = async () => {
      expect((await decide(at, lena, 'approve')).status).toBe(200);
    };
    const late = await decide(at, rosa, 'approve');
    expect(late.status).toBe(409);
    expect(late.text).toContain('Enough people have approved this plan already');
    expect(await answers(at)).toEqual(['approval-given by lena']);
  });

  it('does not let a denial undo an approval that came first', async () => {
    const at = await world();
    await decide(at, lena, 'approve');
    at.ledger.race = undefined;
    const page = await ask(at, '/approvals/link-rosa', {}, signedIn(rosa));
    expect(page.text).toContain('This plan was approved');
    expect(await answers(at)).toEqual(['approval-given by lena']);
  });

  it('takes no approval after the time is over', async () => {
    const at = await world();
    const { ledger } = at;
    ledger.race = undefined;
    const token = await tokenOf(at);
    ledger.now = new Date('2026-11-21T07:00:00.000Z');
    const late = await sendForm(at, token);
    expect(late.status).toBe(410);
    expect(await answers(at)).toEqual([]);
    const page = await ask(at, '/approvals/link-rosa', {}, signedIn(rosa));
    expect(page).toMatchObject({ status: 410 });
    expect(page.text).toContain('The time to decide is over');
  });

  it('takes no approval once the incident was escalated', async () => {
    const at = await world();
    const token = await tokenOf(at);
    await at.ledger.append(INCIDENT, 'decision', 'end', () => [
      { type: 'incident-escalated', generation: 1, reason: 'nobody decided in time' },
    ]);
    expect((await sendForm(at, token)).status).toBe(409);
    expect(await answers(at)).toEqual([]);
  });
});

describe('a plan that is swapped', () => {
  const swapped = { ...manifest, leaseSeconds: 60 };

  it('after the page was opened takes no approval', async () => {
    const at = await world();
    const token = await tokenOf(at);
    await at.ledger.append(INCIDENT, 'fact', 'again', () => [proposal(swapped)]);
    const sent = await sendForm(at, token);
    expect(sent.status).toBe(409);
    expect(sent.text).toContain('The plan has changed');
    expect(await answers(at)).toEqual([]);
  });

  it('between the check and the record takes no approval', async () => {
    const at = await world();
    const token = await tokenOf(at);
    at.ledger.race = async () => {
      await at.ledger.append(INCIDENT, 'fact', 'planned again', () => [proposal(swapped)]);
      await at.ledger.append(INCIDENT, 'decision', 'another entry', () => [
        { type: 'lease-ended', generation: 1, manifestHash: manifestHash(swapped) },
      ]);
    };
    expect((await sendForm(at, token)).status).toBe(409);
    expect(await answers(at)).toEqual([]);
  });

  it('in the instant of the record leaves an approval that speaks for the old plan alone', async () => {
    const at = await world();
    const token = await tokenOf(at);
    at.ledger.race = async () => {
      await at.ledger.append(INCIDENT, 'fact', 'planned again', () => [proposal(swapped)]);
    };
    await sendForm(at, token);
    const incident = await at.ledger.read(INCIDENT);
    expect(incident.plan?.manifestHash).toBe(manifestHash(swapped));
    expect(approvalCard(incident)?.approvals).toEqual([]);
  });

  it('makes the old link say so, and show nothing of either plan', async () => {
    const at = await world();
    await at.ledger.append(INCIDENT, 'fact', 'again', () => [proposal(swapped)]);
    const page = await ask(at, '/approvals/link-rosa', {}, signedIn(rosa));
    expect(page.status).toBe(410);
    expect(page.text).toContain('The plan has changed');
    expect(page.text).not.toContain('<form');
  });
});

describe('somebody whom the finding is about', () => {
  const about = (entity: { kind: 'user' | 'role'; id: string; arn?: string }) => ({
    finding: {
      ...finding,
      entities: [
        ...finding.entities,
        { ...entity, account, region: 'eu-west-1', part: 'actor' as const, trust: 'asserted' as const },
      ],
    },
  });

  it.each([
    ['by user name', about({ kind: 'user', id: 'Rosa' })],
    ['by mail address', about({ kind: 'user', id: 'rosa@example.com' })],
    ['by role', about({ kind: 'role', id: 'OnCall', arn: `arn:aws:iam::${account}:role/OnCall` })],
  ])('does not decide: %s', async (_, story) => {
    const at = await world(story);
    const sent = await decide(at, rosa, 'approve');
    expect(sent.status).toBe(409);
    expect(sent.text).toContain('The finding is about you');
    expect(await answers(at)).toEqual([]);
    expect((await decide(at, lena, 'approve')).status).toBe(200);
  });
});

describe('a forged finding that names every approver as its actor', () => {
  it('keeps nobody from deciding', async () => {
    const forged = { kind: 'user' as const, id: 'rosa', account, region: 'eu-west-1' };
    const entities = [...finding.entities, { ...forged, part: 'actor' as const, trust: 'claimed' as const }];
    const at = await world({ finding: { ...finding, entities } });
    expect((await decide(at, rosa, 'approve')).status).toBe(200);
  });
});

describe('a rule of two', () => {
  it('is not met by one person with two roles, nor twice by the same', async () => {
    const at = await world({
      decision: { outcome: 'needs-approval', policies: ['two'], required: [['owner', 'responder']] },
    });
    const token = await tokenOf(at);
    expect((await sendForm(at, token)).status).toBe(200);
    expect((await sendForm(at, token)).status).toBe(409);
    const again = await ask(at, '/approvals/link-rosa', {}, signedIn(rosa));
    expect(again.text).toContain('It still waits for another person');
    const third = await decide(at, tim, 'approve');
    expect(third.status).toBe(200);
    expect(await answers(at)).toEqual(['approval-given by rosa', 'approval-given by tim']);
  });

  it('does not take the answer of somebody whose role was not asked for', async () => {
    const at = await world();
    const sent = await decide(at, tim, 'approve');
    expect(sent.status).toBe(409);
    expect(sent.text).toContain('This needs lead or owner');
    expect(await answers(at)).toEqual([]);
  });
});

describe('the kill switch', () => {
  it.each(['off', 'observe'] as const)('in %s lets nobody approve, and anybody asked deny', async (mode) => {
    const at = await world();
    at.switched.push(mode);
    const sent = await decide(at, rosa, 'approve');
    expect(sent.text).toContain(`The mode is ${mode}`);
    expect(await answers(at)).toEqual([]);
    expect((await decide(at, rosa, 'deny')).status).toBe(200);
  });
});

describe('a deployment without sign-in', () => {
  it('shows the plan read-only and says how to decide', async () => {
    const at = await world();
    const { oidcIssuer: _, ...without } = at.settings;
    const readOnly = { ...at, app: (await import('../../functions/console/app.ts')).consoleApp(without) };
    const page = await ask(readOnly, '/approvals/link-rosa', {}, signedIn(rosa));
    expect(page.status).toBe(200);
    expect(page.text).not.toContain('<form');
    expect(page.text).toContain(`sallyport approve ${INCIDENT}`);
    const sent = await sendForm(readOnly, await tokenOf(at));
    expect(sent.status).toBe(401);
    expect(await answers(at)).toEqual([]);
  });
});

describe('a link that is unknown', () => {
  it.each(['unknown', '..%2f..%2f', '%3Cscript%3Ealert(1)%3C%2Fscript%3E', 'x'.repeat(3000)])(
    'gives a calm page that repeats nothing: %s',
    async (secret) => {
      const { status, text } = await ask(await world(), `/approvals/${secret}`);
      expect(status).toBe(404);
      expect(text).not.toMatch(/<script|xxxx/);
    },
  );

  it('says nothing about an error of ours', async () => {
    const links = {
      find: () => Promise.reject(new Error('<img src=x onerror=alert(1)> table sallyport-secret')),
    };
    const { status, text } = await ask(await world({}, { links }), '/approvals/any');
    expect(status).toBe(500);
    expect(text).not.toMatch(/<img|sallyport-secret/);
  });
});

type At = Awaited<ReturnType<typeof world>>;

async function tokenOf(at: At): Promise<string> {
  const { text } = await ask(at, '/approvals/link-rosa', {}, signedIn(rosa));
  return /name="token" value="([^"]+)"/.exec(text)?.[1] ?? '';
}

/** A form that was opened earlier is sent now. */
function sendForm(at: At, token: string) {
  const body = new URLSearchParams({ token, manifestHash: at.hash, outcome: 'approve', reason: '' });
  const headers = { origin: CONSOLE, 'sec-fetch-site': 'same-origin' };
  return ask(at, '/approvals/link-rosa', { method: 'POST', body, headers }, signedIn(rosa, ISSUER));
}
