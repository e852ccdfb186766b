import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { cedarEngine } from '../../functions/adapters/cedar.ts';
import { cedar } from '../../functions/adapters/cedar-policies.ts';
import { modeRequestOf, requestOf } from '../../functions/adapters/cedar-request.ts';
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
const Example = z.union([Change, ModeChange]);
type Example = z.infer<typeof Example>;

const engine = cedarEngine(policies, schema);

function isAllowed(example: Example): boolean {
  if ('question' in example) return engine.decide([example.question], example.votes).outcome === 'autonomous';
  const person = { ...example.person, name: 'Somebody', email: 'somebody@example.com' };
  return engine.mayChangeMode(person, example.from, example.to, example.signIn).allowed;
}

function requestIn(example: Example) {
  if ('question' in example)
    return requestOf(example.question, distinctPeople(example.votes, example.question.subjects));
  const person = { ...example.person, name: 'Somebody', email: 'somebody@example.com' };
  return modeRequestOf(person, 'raise', example.to, example.signIn);
}

for (const expected of ['ALLOW', 'DENY'] as const)
  describe(`what lies in ${expected}`, () => {
    it.each(examples(expected))('$file', ({ content }) => {
      const example = Example.parse(content);
      expect(isAllowed(example), example.because).toBe(expected === 'ALLOW');
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
    const decided = [...examples('ALLOW'), ...examples('DENY')].flatMap(({ content }) => {
      const example = Example.parse(content);
      if ('question' in example) {
        return engine.decide([example.question], example.votes).policies;
      }
      const person = { ...example.person, name: 'Somebody', email: 'somebody@example.com' };
      return engine.mayChangeMode(person, example.from, example.to, example.signIn).policies;
    });
    const unused = Object.keys(policies).filter((file) => !decided.includes(file.replace('.cedar', '')));
    expect(unused).toEqual([]);
  });
});
