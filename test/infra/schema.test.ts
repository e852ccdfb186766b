import {
  type CfnResource,
  CloudFormationValidatePlugin,
  type IPolicyValidationPlugin,
  Validations,
} from 'aws-cdk-lib';
import { expect, it } from 'vitest';
import { Bundles } from '../../infra/bundles.ts';
import { addSallyport } from '../../infra/synthesize.ts';
import { appOf, organization } from './template.ts';

/** One synthesis shows both: that the schemas are asked, and that nothing else is against them. */
it('CloudFormation’s resource schemas accept all of both templates but a property that no resource has', async () => {
  const app = appOf({ ...organization, forwardFindings: true }, { 'aws:cdk:bundling-stacks': [] });
  const { foundation } = await addSallyport(app, new Bundles());
  (foundation.coordination.node.defaultChild as CfnResource).addPropertyOverride('Bogus', true);
  Validations.of(app).addPlugins(new CloudFormationValidatePlugin() as IPolicyValidationPlugin);
  const report = reportOf(() => app.synth());
  expect(report.match(/^ERROR .*$/gm)).toEqual([expect.stringContaining("'Bogus' was unexpected")]);
});

function reportOf(synthesis: () => unknown): string {
  try {
    synthesis();
    return '';
  } catch (error) {
    return String(error);
  }
}
