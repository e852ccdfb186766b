import { App } from 'aws-cdk-lib';
import { Bundles } from './bundles.ts';
import { ConfigError } from './config.ts';
import { addSallyport } from './synthesize.ts';

const app = new App();
const bundles = new Bundles();
try {
  await addSallyport(app, bundles);
  app.synth();
} catch (error) {
  if (!(error instanceof ConfigError)) throw error;
  console.error(error.message);
  process.exitCode = 1;
} finally {
  bundles.remove();
}
