import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { cedarEngine } from '../../functions/adapters/cedar.ts';
import { cedar } from '../../functions/adapters/cedar-policies.ts';
import { leaseRequestOf, modeRequestOf, requestOf } from '../../functions/adapters/cedar-request.ts';
import { distinctPeople } from '../../functions/adapters/cedar-seats.ts';
import { ApproverRole, Mode } from '../../functions/core/decision.ts';
import { Severity } from '../../functions/core/finding.ts';
import { PlannedAction } from '../../functions/core/plan.ts';
import { Disposition } from '../../functions/core/verdict.ts';
import { examples, policies, schema } from './guardrails.ts';

const Change = z.strictObject({
  because: z.string().min(1),
  question: z.strictObject({
    purpose: z.enum(['execute', 'rollback', 'dismiss']),
    incident: z.string(),
    mode: Mode,
    sandbox: z.boolean(),
    sample: z.boolean(),
    disposition: Disposition,
    severity: Severity,
    confidence: z.number(),
    untainted: z.number(),
    newerFinding: z.boolean(),
    action: z.exactOptional(PlannedAction),
    blastRadius: z.exactOptional(z.number().nullable()),
    withinBudget: z.exactOptional(z.boolean()),
    afterRegression: z.exactOptional(z.boolean()),
    subjects: z.array(z.string()),
  }),
  votes: z.array(z.strictObject({ approver: z.string(), roles: z.array(ApproverRole) })),
});
const ModeChange = z.strictObject({
  because: z.string().min(1),
  person: z.strictObject({ id: z.string(), roles: z.array(ApproverRole) }),
  from: Mode,
  to: Mode,
  signIn: z.boolean(),
});
const Keeping = z.strictObject({
  because: z.string().min(1),
  keeper: z.strictObject({ id: z.string(), roles: z.array(ApproverRole) }),
  incident: z.string(),
  forever: z.boolean(),
});
const Example = z.union([Change, ModeChange, Keeping]);
type Example = z.infer<typeof Example>;

const engine = cedarEngine(policies, schema);

const somebody = { name: 'Somebody', email: 'somebody@example.com' };

/** What the engine says of an example, whatever it asks about. */
function answerTo(example: Example): { readonly allowed: boolean; readonly policies: readonly string[] } {
  if ('question' in example) {
    const { outcome, policies: named } = engine.decide([example.question], example.votes);
    return { allowed: outcome === 'autonomous', policies: named };
  }
  if ('keeper' in example)
    return engine.mayKeep({ ...example.keeper, ...somebody }, example.incident, example.forever);
  return engine.mayChangeMode({ ...example.person, ...somebody }, example.from, example.to, example.signIn);
}

function requestIn(example: Example) {
  if ('question' in example)
    return requestOf(example.question, distinctPeople(example.votes, example.question.subjects));
  if ('keeper' in example)
    return leaseRequestOf({ ...example.keeper, ...somebody }, example.incident, example.forever);
  return modeRequestOf({ ...example.person, ...somebody }, 'raise', example.to, example.signIn);
}

for (const expected of ['ALLOW', 'DENY'] as const)
  describe(`what lies in ${expected}`, () => {
    it.each(examples(expected))('$file', ({ content }) => {
      const example = Example.parse(content);
      expect(answerTo(example).allowed, example.because).toBe(expected === 'ALLOW');
    });

    it.each(examples(expected))('$file fits the schema', ({ content }) => {
      const answer = cedar().isAuthorized({
        ...requestIn(Example.parse(content)),
        schema,
        validateRequest: true,
        policies: {},
      });
      expect(answer.type === 'failure' ? answer.errors : []).toEqual([]);
    });
  });

describe('the examples together', () => {
  it('make every policy decide at least once', () => {
    const decided = [...examples('ALLOW'), ...examples('DENY')].flatMap(
      ({ content }) => answerTo(Example.parse(content)).policies,
    );
    const unused = Object.keys(policies).filter((file) => !decided.includes(file.replace('.cedar', '')));
    expect(unused).toEqual([]);
  });
});
