import { SFNClient } from '@aws-sdk/client-sfn';
import { handle } from 'hono/aws-lambda';
import { policySentences } from '../adapters/cedar.ts';
import { clientSettings, measured } from '../adapters/clients.ts';
import { formKey } from '../adapters/form-key.ts';
import { killSwitch } from '../adapters/kill-switch.ts';
import { links } from '../adapters/links.ts';
import { workflow } from '../adapters/workflow.ts';
import { consoleApp } from '../console/app.ts';
import { guardrails } from '../generated/policies.gen.ts';
import { openDoorbells } from './doorbells.ts';
import { environment } from './environment.ts';
import { openPolicy } from './guardrails.ts';
import { measuredHandler } from './measured-handler.ts';
import { clock, openCoordination, openLedger } from './ports.ts';

const { APPROVERS, CONSOLE_URL, STATE_MACHINE_ARN, OIDC_ISSUER, SIGN_IN_URL } = environment(
  'APPROVERS',
  'CONSOLE_URL',
  'STATE_MACHINE_ARN',
  'OIDC_ISSUER',
  'SIGN_IN_URL',
);
const coordination = openCoordination();
const policySays = policySentences(guardrails.policies);

const app = consoleApp({
  ledger: openLedger(),
  doorbells: openDoorbells(),
  links: links(coordination),
  killSwitch: killSwitch(coordination),
  workflow: workflow(STATE_MACHINE_ARN, measured(new SFNClient(clientSettings))),
  policy: openPolicy(),
  approvers: APPROVERS,
  clock,
  consoleUrl: CONSOLE_URL,
  ...(OIDC_ISSUER ? { oidcIssuer: OIDC_ISSUER } : {}),
  ...(SIGN_IN_URL ? { signInUrl: SIGN_IN_URL } : {}),
  formKey: formKey(coordination),
  policySays: (id) => policySays.get(id),
});

export const handler = measuredHandler(handle(app));
