import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { mailOf } from '../../functions/console/mail.ts';
import { approvalNotice } from '../../functions/console/notice.ts';
import { finding, INCIDENT, rosa } from '../console/story.ts';
import { answers } from '../console/world.ts';
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
import { type Served, serve } from './serve.ts';

describe.skipIf(!hasChromium)('the console in a browser (needs Chromium)', () => {
  let browser: Browser;
  let served: Served;
  const complaints: string[] = [];

  beforeAll(async () => {
    browser = await launch();
    served = await serve();
  });
  afterAll(async () => {
    await browser.close();
    await served.close();
    console.log(`pictures: ${pictures}`);
  });

  async function open(
    path: string,
    viewport: Viewport,
    scheme: 'light' | 'dark',
    at = served,
  ): Promise<Page> {
    const context = await browser.newContext({ viewport, colorScheme: scheme });
    const page = await context.newPage();
    listen(page, complaints);
    await page.goto(at.url + path);
    return page;
  }

  it.each([
    ['wide-light', wide, 'light'],
    ['wide-dark', wide, 'dark'],
    ['phone-light', phone, 'light'],
    ['phone-dark', phone, 'dark'],
  ] as const)(
    'fits its window and keeps its style under its own policy: %s',
    async (name, viewport, scheme) => {
      const page = await open('/sandbox/sign-in?return=/approvals/link-rosa', viewport, scheme);
      await picture(page, `approval-${name}`);
      expect(await isWiderThanItsWindow(page)).toBe(false);
      expect(await page.evaluate('getComputedStyle(document.querySelector(".panel")).borderTopWidth')).toBe(
        '3px',
      );
      expect(complaints).toEqual([]);
      await page.context().close();
    },
  );

  it('fits a phone although an attacker chose every name', async () => {
    const hostile = `${'x'.repeat(120)}\u202egnp.exe\u200b <b>bold</b> https://evil.example.net`;
    const info = { ...finding.finding_info, title: hostile };
    const attacked = await serve({ finding: { ...finding, finding_info: info }, summary: hostile });
    const page = await open('/approvals/link-rosa', phone, 'light', attacked);
    await picture(page, 'approval-phone-hostile');
    expect(await isWiderThanItsWindow(page)).toBe(false);
    expect(
      await page
        .locator('b', { hasText: 'bold' })
        .filter({ hasText: /^bold$/ })
        .count(),
    ).toBe(0);
    await page.context().close();
    await attacked.close();
  });

  it('can be worked by keyboard and names its fields', async () => {
    const page = await open('/sandbox/sign-in?return=/approvals/link-rosa', wide, 'light');
    await page.getByLabel('Reason').focus();
    await page.keyboard.press('Tab');
    const focused = await page.evaluate('document.activeElement.textContent');
    expect(focused).toBe('Approve this plan');
    await page.context().close();
  });

  it('lets a person look, sign in, approve, and come back to a calm page', async () => {
    const page = await open('/approvals/link-rosa', wide, 'light');
    await picture(page, 'approval-signed-out');
    await page.getByRole('link', { name: 'Sign in to decide' }).click();
    await page.getByLabel('Reason').fill('beaconing confirmed in the proxy log');
    await page.getByRole('button', { name: 'Approve this plan' }).click();
    expect(await page.getByRole('heading', { level: 1 }).textContent()).toBe('Approved');
    await picture(page, 'approved');
    expect(await answers(served.at)).toEqual(['approval-given by rosa']);
    await page.goto(`${served.url}/approvals/link-rosa`);
    expect(await page.getByRole('heading', { level: 1 }).textContent()).toContain('This plan was approved');
    await page.goto(`${served.url}/incidents/${INCIDENT}`);
    await picture(page, 'incident');
    expect(complaints).toEqual([]);
    await page.context().close();
  });

  it.each([
    ['wide', wide],
    ['phone', phone],
  ] as const)('renders the mail within its window: %s', async (name, viewport) => {
    const incident = await served.at.ledger.read(INCIDENT);
    const url = `${served.url}/approvals/link-rosa`;
    const notice = approvalNotice(incident, { url, expiresAt: '2026-11-21T07:00:00.000Z' });
    const message = notice && (await mailOf(notice, [rosa]));
    const page = await browser.newPage({ viewport });
    await page.setContent(message?.html ?? '');
    await picture(page, `mail-${name}`);
    expect(await isWiderThanItsWindow(page)).toBe(false);
    expect(await page.getByRole('link').evaluateAll((links) => links.map(String))).toEqual([url]);
    await page.close();
  });
});
