import { html } from 'hono/html';
import type { Card, CardAdvice } from './card.ts';
import { actionSection } from './card-page-action.ts';
import { type Html, shown } from './layout.ts';

/** The card as a page: what changes comes first, what the model said comes last. */
export function cardSections(card: Card, policySays: (id: string) => string | undefined): Html {
  return html`<article>
<p class="eyebrow"><span class="chip ${card.severity.toLowerCase()}">${card.severity}</span> waiting for a person</p>
<h1>${shown(card.headline)}</h1>
${becauseOf(card)}
<dl class="where"><div><dt>Account</dt><dd><code>${card.account}</code></dd></div><div><dt>Region</dt><dd><code>${card.region}</code></dd></div><div><dt>Lease</dt><dd>${card.lease}</dd></div></dl>
<a class="jump" href="#decide">Go to your decision</a>
${card.actions.map((action, index) => actionSection(action, index + 1, card.actions.length))}
${knownSection(card)}
${card.notPlanned.length > 0 ? html`<section><h2>Not in this plan</h2><ul class="plain">${card.notPlanned.map((line) => html`<li>${shown(line)}</li>`)}</ul></section>` : ''}
<section><h2>Policies that decided</h2>
<ul class="plain">${card.policies.map((id) => html`<li><code>${id}</code><br>${policySays(id) ?? ''}</li>`)}</ul>
<p class="quiet">The mode was <b>${card.mode}</b> when this was decided.</p></section>
<section><h2>Findings</h2><ul class="plain">${card.findings.map(
    (
      finding,
    ) => html`<li><b>${shown(finding.title)}</b>${finding.sample ? html` <span class="chip">sample</span>` : ''}${finding.putAside ? html` <span class="chip">${finding.putAside} at its source</span>` : ''}<br>
<span class="quiet">${finding.severity} · ${shown(finding.source)} · ${shown(finding.type)}</span></li>`,
  )}</ul>${card.runbook ? html`<p class="quiet">Runbook: <code>${card.runbook}</code></p>` : ''}</section>
<section><h2>Evidence</h2>${evidenceTable(card)}
${card.custody.map((line) => html`<p class="quiet">${shown(line)}</p>`)}</section>
${card.advice ? adviceSection(card.advice) : ''}
<footer><p class="quiet">You approve exactly this plan, by its SHA-256:</p><p><code class="hash">${card.manifestHash}</code></p></footer>
</article>`;
}

/** The latest finding, so that nobody has to scroll to know what this is about. */
function becauseOf({ findings }: Card): Html | '' {
  const latest = findings.at(-1);
  if (!latest) return '';
  const others = findings.length > 1 ? ` and ${findings.length - 1} more` : '';
  return html`<p class="lead"><span class="quiet">Finding</span> ${shown(latest.title)}${others}</p>`;
}

function knownSection({ known }: Card): Html | '' {
  if (known.length === 0) return '';
  return html`<section><h2>What you know of it</h2><dl class="facts">${known.map(
    ({ label, value }) => html`<dt>${label}</dt><dd>${shown(value)}</dd>`,
  )}</dl></section>`;
}

function evidenceTable({ evidence }: Card): Html {
  if (evidence.length === 0) return html`<p class="quiet">None was gathered.</p>`;
  return html`<div class="scroll"><table><thead><tr><th scope="col">Question</th><th scope="col">About</th><th scope="col">Answer</th></tr></thead><tbody>
${evidence.map(({ tool, target, status }) => html`<tr><td>${tool}</td><td class="id">${shown(target)}</td><td>${status}</td></tr>`)}
</tbody></table></div>`;
}

function adviceSection(advice: CardAdvice): Html {
  return html`<section class="advice"><h2>What the analyst said</h2>
<p class="label">Advice from ${advice.analyst}. An attacker may have influenced it. The plan above does not come from this text.</p>
<p><b>${advice.disposition}</b>, ${advice.confidence} sure</p>
${advice.summary.map((line) => html`<p>${shown(line)}</p>`)}
${advice.claims.length > 0 ? html`<ul>${advice.claims.map((claim) => html`<li>${shown(claim)}</li>`)}</ul>` : ''}
<p class="quiet">${counted(advice.untainted, 'claim')} on what no attacker can write; ${advice.struck} struck because the evidence did not say so.</p>
</section>`;
}

function counted(count: number, noun: string): string {
  return count === 1 ? `1 ${noun} rests` : `${count} ${noun}s rest`;
}
