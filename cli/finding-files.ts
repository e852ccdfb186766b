import { readFileSync } from 'node:fs';
import { FindingRejectedError } from '../functions/core/errors.ts';
import type { Finding } from '../functions/core/finding.ts';
import type { EventEnvelope } from '../functions/core/source.ts';
import { envelopesOf, parseEnvelope } from '../functions/sources/normalise.ts';

/** An event that a file holds, and its findings. */
export interface Taken {
  readonly file: string;
  readonly event: EventEnvelope;
  readonly findings: readonly Finding[];
}

/** Why a file, or what it holds, was not responded to. */
export type Problem = { readonly file: string; readonly reason: string };

/** One file's events and findings, or in one line why it holds none. */
export function readFindings(file: string): Taken[] | Problem {
  try {
    const document: unknown = JSON.parse(readFileSync(file, 'utf8'));
    return envelopesOf(document).map((event) => ({ file, event, findings: parseEnvelope(event) }));
  } catch (error) {
    if (error instanceof FindingRejectedError) return { file, reason: firstLine(error.message) };
    if (error instanceof SyntaxError) return { file, reason: `is no JSON: ${firstLine(error.message)}` };
    if (error instanceof Error && 'code' in error)
      return { file, reason: `cannot be read: ${firstLine(error.message)}` };
    throw error;
  }
}

function firstLine(text: string): string {
  return text.split('\n')[0] ?? text;
}
