import { type App, Validations } from 'aws-cdk-lib';
import { AwsSolutionsChecks } from 'cdk-nag';
import { actions } from '../functions/actions/registry.gen.ts';
import { exhibits } from '../functions/exhibits/registry.gen.ts';
import { ownEnvironment, suppressions } from '../functions/generated/policies.gen.ts';
import { permissions as health } from '../functions/health/operations.ts';
import { permissions as stacks } from '../functions/stacks/operations.ts';
import { permissions as tags } from '../functions/tags/operations.ts';
import { permissions as sweep } from '../functions/tools/principal-footholds/read.ts';
import { tools } from '../functions/tools/registry.gen.ts';
import { acknowledge, acknowledgeSpoke } from './acknowledgements.ts';
import type { Bundles } from './bundles.ts';
import { CONTEXT_KEY, parseConfig } from './config.ts';
import type { OwnersData } from './foundation.ts';
import { readsOnlyOf } from './permissions.ts';
import { SpokeStack } from './spoke.ts';
import { SallyportStack } from './stack.ts';

const compiled: OwnersData = { environment: ownEnvironment, suppressions };

/** Adds the stacks that the app's context asks for, and the checks that they have to pass. Throws ConfigError. */
export async function addSallyport(
  app: App,
  bundles: Bundles,
  owners: OwnersData = compiled,
): Promise<SallyportStack> {
  const config = parseConfig(app.node.tryGetContext(CONTEXT_KEY));
  const readsOnly = await readsOnlyOf([
    ...[...actions, ...tools, ...exhibits].flatMap(({ permissions }) => permissions),
    ...health,
    ...stacks,
    ...tags,
  ]);
  const catalogue = { actions, tools, exhibits, health, stacks, tags, sweep, readsOnly };
  const stack = new SallyportStack(app, 'Sallyport', { config, bundles, catalogue, owners });
  acknowledge(stack);
  if (config.accounts.length > 0)
    acknowledgeSpoke(new SpokeStack(app, 'SallyportSpoke', { config, catalogue, owners }), catalogue);
  Validations.of(app).addPlugins(new AwsSolutionsChecks(app));
  return stack;
}
