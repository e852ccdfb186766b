import { Stack } from 'aws-cdk-lib';
import { Queue } from 'aws-cdk-lib/aws-sqs';
import { AwsSolutionsChecks } from 'cdk-nag';
import { describe, expect, it } from 'vitest';
import { Bundles } from '../../infra/bundles.ts';
import { addSallyport } from '../../infra/synthesize.ts';
import { appOf, organization } from './template.ts';

const unbundled = { 'aws:cdk:bundling-stacks': [] };
const everything = {
  slack: { channel: 'C0123', secretName: 'slack' },
  oidc: { issuer: 'https://id.example.com', audience: ['sallyport'] },
  alarmEmails: ['alarms@example.com'],
  analyst: 'bedrock',
  tracing: true,
  ...organization,
  forwardFindings: true,
};

describe('cdk-nag', () => {
  it.each([
    ['as it is committed', {}],
    ['with everything configured', everything],
  ])('has nothing left to say about the stack %s', async (_case, sallyport) => {
    const stack = await addSallyport(appOf(sallyport, unbundled), new Bundles());
    const { violations } = new AwsSolutionsChecks().validateScope(stack);
    expect(
      violations.map((one) => [one.ruleName, one.violatingResources.map((two) => two.constructPath)]),
    ).toEqual([]);
  });

  it.each([true, false])(
    'has nothing left to say about a member’s stack (forwarding: %s)',
    async (forwardFindings) => {
      const app = appOf({ ...organization, forwardFindings }, unbundled);
      await addSallyport(app, new Bundles());
      const { violations } = new AwsSolutionsChecks().validateScope(app.node.findChild('SallyportSpoke'));
      expect(
        violations.map((one) => [one.ruleName, one.violatingResources.map((two) => two.constructPath)]),
      ).toEqual([]);
    },
  );

  it('stops the synthesis when something that nobody acknowledged is added', async () => {
    const app = appOf({}, unbundled);
    await addSallyport(app, new Bundles());
    new Queue(new Stack(app, 'Other'), 'Open');
    expect(() => app.synth()).toThrow(/AwsSolutions-SQS4/);
  });
});
