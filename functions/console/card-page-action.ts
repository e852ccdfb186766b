import { html } from 'hono/html';
import type { CardAction } from './card-action.ts';
import { type Html, shown } from './layout.ts';

/** One step of the plan on the page. */
export function actionSection(action: CardAction, step: number, steps: number): Html {
  return html`<section class="action">
<h2>${steps > 1 ? html`<span class="step">${step}</span> ` : ''}${action.title}</h2>
<p class="chips"><span class="chip ${action.danger}">${action.danger} danger</span>${
    action.protectedTarget ? html` <span class="chip high">protected target</span>` : ''
  }</p>
<p class="lead">${shown(action.change)}</p>
<dl class="facts">
<dt>Target</dt><dd>${action.kind} <code>${shown(action.target)}</code><br><code class="arn">${shown(action.arn)}</code></dd>
${action.madeBy ? html`<dt>Made by</dt><dd>${shown(action.madeBy)}</dd>` : ''}
<dt>Account</dt><dd><code>${action.account}</code> in <code>${action.region}</code></dd>
${action.params.length > 0 ? html`<dt>Settings</dt><dd>${shown(action.params.join(', '))}</dd>` : ''}
<dt>Undo</dt><dd>${shown(action.undo)}<br><span class="quiet">${action.undoing}</span></dd>
<dt>Cannot be restored</dt><dd>${cannotRestore(action)}</dd>
</dl>
${changesTable(action)}
<h3>Things that would notice: <span class="${action.noticed.count === 'large' ? 'unknown' : 'count'}">${action.noticed.count}</span></h3>
<p class="quiet">${shown(noticedWords(action))}</p>${reachTable(action)}
</section>`;
}

function cannotRestore({ cannotRestore: lost }: CardAction): Html {
  if (lost.length === 0) return html`Everything can be restored.`;
  return html`<ul class="plain loss">${lost.map((item) => html`<li>${shown(item)}</li>`)}</ul>`;
}

function changesTable({ changes, moreChanges }: CardAction): Html {
  if (changes.length === 0) return html``;
  return html`<div class="scroll"><table class="changes"><thead><tr><th scope="col">What</th><th scope="col">Before</th><th scope="col">After</th></tr></thead><tbody>
${changes.map(({ what, before, after }) => html`<tr><th scope="row">${shown(what)}</th><td class="before">${shown(before)}</td><td class="after">${shown(after)}</td></tr>`)}
</tbody></table></div>${moreChanges > 0 ? html`<p class="quiet">and ${moreChanges} more, all in the plan's manifest.</p>` : ''}`;
}

function noticedWords({ noticed: { because } }: CardAction): string {
  return `${because.charAt(0).toUpperCase()}${because.slice(1)}.`;
}

function reachTable({ reach }: CardAction): Html {
  if (reach.length === 0) return html``;
  return html`<ul class="reach">${reach.map(
    ({ what, count, evidence }) =>
      html`<li><b class="${count === 'not available' ? 'unknown' : 'count'}">${count}</b><span>${shown(what)}<br><span class="quiet">${shown(evidence)}</span></span></li>`,
  )}</ul>`;
}
