import { existsSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Browser, chromium, type Page } from 'playwright-core';

const executablePath = process.env.CHROMIUM ?? '/usr/bin/chromium';

/** Without Chromium these tests have nothing to look with; `CHROMIUM` names another place of it. */
export const hasChromium = existsSync(executablePath);

export const wide = { width: 1280, height: 900 };
export const phone = { width: 390, height: 844 };
export type Viewport = typeof wide;

/** Debian's Chromium, quiet: it asks nobody on the network for anything. */
export function launch(): Promise<Browser> {
  return chromium.launch({
    executablePath,
    args: [
      '--headless',
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  });
}

/** Where the pictures go, for people to look at. */
export const pictures = process.env.PICTURES ?? mkdtempSync(join(tmpdir(), 'sallyport-pictures-'));

export function picture(page: Page, name: string): Promise<Buffer> {
  return page.screenshot({ path: join(pictures, `${name}.png`), fullPage: true });
}

export function isWiderThanItsWindow(page: Page): Promise<boolean> {
  return page.evaluate<boolean>('document.documentElement.scrollWidth > window.innerWidth');
}

/** Collects what the page's console says and what its scripts throw: a good page says nothing. */
export function listen(page: Page, complaints: string[]): void {
  page.on('console', (message) => complaints.push(`${page.url()}: ${message.text()}`));
  page.on('pageerror', (error) => complaints.push(`${page.url()}: ${error.message}`));
}
