import type { Context } from 'hono';
import { html, raw } from 'hono/html';
import type { ContentfulStatusCode } from 'hono/utils/http-status';
import { style } from './style.ts';

/** HTML that was made by a template, with everything interpolated escaped. */
export type Html = ReturnType<typeof html>;

// Our own constant, byte for byte what the policy's hash was taken of; escaping would change it.
const styles = raw(`<style>${style}</style>`);

/** The frame of every page. `crumb` is what stands beside the name. */
export function page(title: string, crumb: string, body: Html): Html {
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${title} · Sallyport</title>
${styles}
</head>
<body>
<header class="bar"><div class="wide"><span class="name">Sallyport</span><span class="crumb">${crumb}</span></div></header>
<main class="wide">${body}</main>
</body>
</html>`;
}

/** A calm page that says one thing. */
export async function notice(
  context: Context,
  status: ContentfulStatusCode,
  title: string,
  words: string,
  more: Html | '' = '',
): Promise<Response> {
  const body = html`<section class="notice"><h1>${title}</h1><p>${shown(words)}</p>${more}</section>`;
  return context.html(await page(title, '', body), status);
}

/** Text that others wrote: kept from reordering its surroundings, and with spelled-out characters set apart. */
export function shown(text: string): Html {
  const parts = text.split(/(⟨U\+[0-9A-F]{4,6}⟩)/);
  return html`<bdi>${parts.map((part, index) => (index % 2 === 1 ? html`<mark>${part}</mark>` : part))}</bdi>`;
}
