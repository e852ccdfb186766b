import { html } from 'hono/html';
import type { ApprovalLink } from '../core/ports.ts';
import type { Card } from './card.ts';
import type { Identity } from './identity.ts';
import { type Html, shown } from './layout.ts';
import { readable } from './readable.ts';
import { formToken } from './same-origin.ts';
import type { ConsoleSettings } from './settings.ts';

interface Viewing {
  readonly card: Card;
  readonly link: ApprovalLink;
  readonly secret: string;
  readonly identity: Identity | undefined;
}

/** The side of the page where a person decides, or is told how to. */
export async function decisionPanel(viewing: Viewing, settings: ConsoleSettings): Promise<Html> {
  const { card, link } = viewing;
  return html`<aside class="panel" aria-labelledby="decide">
<h2 id="decide">Your decision</h2>
<dl class="facts">
<dt>Needs</dt><dd>${card.needs.map((need, index) => html`${index > 0 ? html` <i>or</i> ` : ''}${need}`)}</dd>
<dt>Until</dt><dd><time datetime="${link.expiresAt}">${readable(link.expiresAt)}</time></dd>
<dt>Lease</dt><dd>${card.lease}, then undone if policy permits, else handed to people</dd>
<dt>Plan</dt><dd><code title="${card.manifestHash}">${card.shortHash}</code></dd>
</dl>
${card.approvals.length > 0 ? html`<p>Approved so far by ${shown(card.approvals.join(', '))}.</p>` : ''}
${await wayToDecide(viewing, settings)}
</aside>`;
}

async function wayToDecide(viewing: Viewing, settings: ConsoleSettings): Promise<Html> {
  const { identity, link, card } = viewing;
  if (!settings.oidcIssuer)
    return commandLine(card, 'Sign-in is not configured here, so this page is read-only.');
  if (!identity) return signIn(viewing, settings);
  if (identity.by !== 'sign-in' || identity.approver.id !== link.approver)
    return html`<p class="said">You are signed in as <b>${shown(identity.approver.name)}</b>, and this link was made for somebody else. You may look; to decide, use your own link.</p>`;
  return form(viewing, identity, await settings.formKey());
}

function signIn({ secret, card }: Viewing, { signInUrl }: ConsoleSettings): Html {
  if (!signInUrl) return commandLine(card, 'You are not signed in.');
  const address = signInUrl + encodeURIComponent(`/approvals/${encodeURIComponent(secret)}`);
  return html`<p class="said">Having this link lets you look. To decide, sign in.</p>
<a class="button approve" href="${address}">Sign in to decide</a>`;
}

function commandLine(card: Card, why: string): Html {
  return html`<p class="said">${why} Decide from the command line:</p>
<pre>sallyport approve ${card.incident}
sallyport deny ${card.incident} --reason "…"</pre>
<p class="quiet">Compare the plan <code>${card.shortHash}</code> with the one that it shows.</p>`;
}

function form({ secret, link }: Viewing, { approver }: Identity, key: string): Html {
  const { manifestHash } = link;
  const token = formToken(key, { approver: approver.id, secret, manifestHash });
  return html`<form method="post" action="/approvals/${encodeURIComponent(secret)}">
<input type="hidden" name="token" value="${token}">
<input type="hidden" name="manifestHash" value="${manifestHash}">
<label for="reason">Reason <span class="quiet">(needed to deny)</span></label>
<textarea id="reason" name="reason" rows="3" maxlength="1000" autocomplete="off"></textarea>
<div class="buttons">
<button class="button approve" name="outcome" value="approve">Approve this plan</button>
<button class="button deny" name="outcome" value="deny">Deny</button>
</div>
<p class="quiet">Signed in as ${shown(approver.name)}. Your name, role and reason go into the ledger for good.</p>
</form>`;
}
