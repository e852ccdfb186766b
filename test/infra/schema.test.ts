import { type App, type CfnResource, CloudFormationValidatePlugin, Validations } from 'aws-cdk-lib';
import { describe, expect, it } from 'vitest';
import { Bundles } from '../../infra/bundles.ts';
import type { SallyportStack } from '../../infra/stack.ts';
import { addSallyport } from '../../infra/synthesize.ts';
import { appOf } from './template.ts';

async function validated(change: (stack: SallyportStack) => void): Promise<App> {
  const app = appOf({}, { 'aws:cdk:bundling-stacks': [] });
  change(await addSallyport(app, new Bundles()));
  Validations.of(app).addPlugins(new CloudFormationValidatePlugin());
  return app;
}

describe('CloudFormation’s resource schemas', () => {
  it('accept the template', async () => {
    const app = await validated(() => {});
    expect(() => app.synth()).not.toThrow();
  });

  it('refuse a property that no resource has', async () => {
    const app = await validated(({ foundation }) => {
      (foundation.coordination.node.defaultChild as CfnResource).addPropertyOverride('Bogus', true);
    });
    expect(() => app.synth()).toThrow(/Bogus/);
  });
});
