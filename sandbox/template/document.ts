import { readFileSync } from 'node:fs';
import * as z from 'zod';
import { TemplateError } from './error.ts';

const Resource = z.looseObject({
  Type: z.string(),
  Properties: z.record(z.string(), z.json()).default({}),
});

/** A CloudFormation template, as far as the sandbox looks at it. */
const TemplateDocument = z.looseObject({
  Parameters: z.record(z.string(), z.looseObject({ Default: z.string().optional() })).default({}),
  Resources: z.record(z.string(), Resource),
  Outputs: z.record(z.string(), z.looseObject({ Value: z.json() })).default({}),
});
export type TemplateDocument = z.infer<typeof TemplateDocument>;

/** Reads a template file. Throws TemplateError if it is absent, no JSON or no template. */
export function readTemplate(file: string): TemplateDocument {
  const parsed = TemplateDocument.safeParse(parseJson(file));
  if (parsed.success) return parsed.data;
  throw new TemplateError(file, `is no CloudFormation template: ${z.prettifyError(parsed.error)}`);
}

function parseJson(file: string): unknown {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as unknown;
  } catch (cause) {
    throw new TemplateError(file, `${String(cause)}. Run "npm run synth" first`, { cause });
  }
}
