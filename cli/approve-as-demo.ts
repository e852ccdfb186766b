import type { CloudFile } from '../sandbox/state-folder.ts';

/** The newest approval link in the inbox that leads to a plan. */
export async function approvalLink(cloud: CloudFile, incident: string): Promise<string | undefined> {
  const mails = (await (await fetch(`${cloud.inboxUrl}/mails.json`)).json()) as {
    to: string[];
    text: string;
  }[];
  const mine = mails.filter(({ to, text }) => text.includes(incident) && to.join().includes('demo-approver'));
  return mine
    .map(({ text }) => /https?:\/\/\S+\/approvals\/[\w-]+/.exec(text)?.[0])
    .findLast((link) => link !== undefined);
}

/** Does what a person does in the browser: signs in, opens the link from the mail, presses the button. */
export async function approveAsDemo(cloud: CloudFile, link: string): Promise<void> {
  const origin = new URL(cloud.consoleUrl).origin;
  const form = (fields: Record<string, string>, cookie = '') => ({
    method: 'POST',
    redirect: 'manual' as const,
    headers: { origin, cookie, 'content-type': 'application/x-www-form-urlencoded' },
    body: new URLSearchParams(fields).toString(),
  });
  const signedIn = await fetch(`${origin}/sandbox/sign-in`, form({ return: new URL(link).pathname }));
  const cookie = signedIn.headers.get('set-cookie')?.split(';')[0] ?? '';
  const page = await (await fetch(link, { headers: { cookie } })).text();
  const answer = await fetch(
    link,
    form({ ...hiddenFields(page), outcome: 'approve', reason: 'approved by --approve' }, cookie),
  );
  if (answer.status >= 400)
    throw new Error(
      `the approval page answered ${answer.status}: ${textOf(await answer.text()).slice(0, 300)}`,
    );
}

function hiddenFields(page: string): Record<string, string> {
  const inputs = page.matchAll(/<input type="hidden" name="(\w+)" value="([^"]*)">/g);
  return Object.fromEntries(inputs.map(([, name = '', value = '']) => [name, value]));
}

function textOf(page: string): string {
  return page
    .replace(/<style[\s\S]*?<\/style>|<[^>]+>/g, ' ')
    .replace(/\s+/g, ' ')
    .trim();
}
