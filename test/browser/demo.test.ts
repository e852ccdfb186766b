import type { Browser, Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  hasChromium,
  isWiderThanItsWindow,
  launch,
  listen,
  phone,
  picture,
  pictures,
  type Viewport,
  wide,
} from './browser.ts';
import { tellUntilApproval, type WaitingStory } from './waiting-story.ts';

const sizes = [
  ['wide', wide],
  ['phone', phone],
] as const;

describe.skipIf(!hasChromium)('the demo’s pages, on a real laptop cloud (needs Chromium)', () => {
  let browser: Browser;
  let told: WaitingStory;
  const complaints: string[] = [];

  beforeAll(async () => {
    [browser, told] = await Promise.all([launch(), tellUntilApproval('c2-instance')]);
  });
  afterAll(async () => {
    await browser?.close();
    await told?.stop();
    console.log(`pictures: ${pictures}`);
  });

  async function open(url: string, viewport: Viewport): Promise<Page> {
    const context = await browser.newContext({ viewport });
    context.on('page', (page) => listen(page, complaints));
    const page = await context.newPage();
    await page.goto(url);
    return page;
  }

  /** Two people got mail at the same time: whichever came last stands open. */
  async function openedMail(inbox: Page): Promise<Locator> {
    const mail = inbox.locator('article', { hasText: 'demo-approver@' });
    const frame = mail.locator('iframe');
    if (!(await frame.isVisible())) await mail.locator('summary').click();
    return frame;
  }

  async function signIn(page: Page): Promise<void> {
    await page.getByRole('link', { name: 'Sign in to decide' }).click();
    expect(await isWiderThanItsWindow(page)).toBe(false);
    await picture(page, `demo-sign-in-${page.viewportSize()?.width}`);
    await page.getByRole('button', { name: 'Continue as Demo Approver' }).click();
  }

  it.each(sizes)(
    'the mailed link shows the whole plan before anybody signs in: %s',
    async (name, viewport) => {
      const { plan } = told.incident;
      const page = await open(told.link, viewport);
      await picture(page, `demo-approval-${name}`);
      const card = await page.locator('main').innerText();
      const instance = plan?.manifest.actions[0]?.target.id ?? 'no plan';

      expect(await page.getByRole('heading', { level: 1 }).innerText()).toContain(instance);
      expect(card).toContain(plan?.manifestHash);
      expect(await page.locator('tr', { hasText: 'groups' }).innerText()).toMatch(
        /sg-0aa11bb22cc33dd44\s+one without any rule/,
      );
      expect(
        await page.locator('li', { hasText: 'network interfaces that lose all traffic' }).innerText(),
      ).toMatch(/^1\s/);
      expect(card).toMatch(/Needs\s+a lead or an owner/);
      expect(card).toMatch(/Lease\s+24 hours/);
      expect(await page.getByRole('button').count()).toBe(0);
      expect(await isWiderThanItsWindow(page)).toBe(false);
      await page.context().close();
    },
  );

  it.each(sizes)(
    'the inbox and its mail fit the window, and the mail links to the plan alone: %s',
    async (name, viewport) => {
      const page = await open(told.cloud.cloud.inboxUrl, viewport);
      const frame = await openedMail(page);
      await frame.contentFrame().getByRole('link').waitFor();
      await picture(page, `demo-inbox-${name}`);
      expect(await isWiderThanItsWindow(page)).toBe(false);

      const mail = await frame.getAttribute('src');
      await page.goto(new URL(mail ?? '', told.cloud.cloud.inboxUrl).href);
      await picture(page, `demo-mail-${name}`);
      const links = await page.getByRole('link').evaluateAll((all) => all.map(String));
      expect(links).toEqual([told.link]);
      expect(await isWiderThanItsWindow(page)).toBe(false);
      await page.context().close();
    },
  );

  it('a person goes from the inbox to the page, signs in, approves, and sees the instance contained', async () => {
    const inbox = await open(told.cloud.cloud.inboxUrl, phone);
    const mail = (await openedMail(inbox)).contentFrame();
    const opened = inbox.context().waitForEvent('page');
    await mail.getByRole('link', { name: 'Look and decide' }).click();
    const page = await opened;
    await signIn(page);
    await picture(page, 'demo-approval-signed-in');
    expect(await isWiderThanItsWindow(page)).toBe(false);

    await page.getByLabel('Reason').fill('seen in the proxy log too');
    await page.getByRole('button', { name: 'Approve this plan' }).click();
    expect(await page.getByRole('heading', { level: 1 }).innerText()).toBe('Approved');
    await picture(page, 'demo-approved');

    await page.getByRole('link', { name: 'Follow' }).click();
    await expect
      .poll(() => page.reload().then(() => page.locator('main').innerText()), { timeout: 30_000 })
      .toContain('The containment stands until');
    await picture(page, 'demo-incident');
    expect(await page.locator('main').innerText()).toContain(
      'demo-approver (page): seen in the proxy log too',
    );
    expect(await isWiderThanItsWindow(page)).toBe(false);
    for (const fact of await told.story.facts(told.cloud.cloud)) expect(fact).toMatchObject({ holds: true });

    await page.goto(told.link);
    expect(await page.getByRole('heading', { level: 1 }).innerText()).toBe('This plan was approved');
    await page.context().close();
  });

  it('no page complained in the browser’s console', () => {
    expect(complaints).toEqual([]);
  });
});
