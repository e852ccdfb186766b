import type { Regression, Sign } from './health.ts';

/** How each sign does: `alarm alarm:web-5xx: ok; error rate of function:shop: not available (…)`. */
export function healthWords(signs: readonly Sign[], gaps: readonly string[] = []): string {
  const words = [...signs.map(signWords), ...gaps.map((gap) => `not available: ${gap}`)];
  return words.join('; ');
}

/** What got worse, and of what. */
export function regressionWords(regressions: readonly Regression[]): string {
  return regressions.map(({ of, what }) => `${what} (${nameOf(of)})`).join('; ');
}

function signWords(sign: Sign): string {
  return `${kinds[sign.kind]} ${nameOf(sign.of)}: ${valueWords(sign)}`;
}

const kinds: Readonly<Record<Sign['kind'], string>> = {
  alarm: 'alarm',
  'healthy-targets': 'target group',
  'error-rate': 'error rate of',
};

function valueWords(sign: Sign): string {
  if (sign.value === null) return `not available (${sign.note})`;
  if (sign.kind === 'alarm') return sign.value === 'ok' ? 'ok' : 'in alarm';
  if (sign.kind === 'healthy-targets') return `${sign.value} healthy`;
  return `${Math.round(sign.value * 100)}%`;
}

/** What follows the account in an ARN. */
function nameOf(arn: string): string {
  return arn.split(':').slice(5).join(':');
}
