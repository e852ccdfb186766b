import { readFileSync } from 'node:fs';
import type { Command } from 'commander';
import { webhookMappings } from '../../functions/generated/policies.gen.ts';
import { signatureOf } from '../../functions/intake/signature.ts';
import type { OpenCloud } from '../cloud.ts';
import { CommandError, type CommonOptions, cloudCommand, printJson, withCloud } from '../cloud-command.ts';
import type { Printer } from '../print.ts';

export function webhookCommand(): Command {
  return cloudCommand(
    'webhook',
    'post an alert as a sender of the webhook; without a file, say with what to sign',
  )
    .argument('<sender>', `one of ${webhookMappings.map(({ sender }) => sender).join(', ')}`)
    .argument('[file]', 'the alert, as JSON')
    .action((sender: string, file: string | undefined, options: CommonOptions) =>
      withCloud(options, (cloud, printer) =>
        (file ? post(sender, file) : tell(sender))(cloud, printer, options),
      ),
    );
}

type Work = (cloud: OpenCloud, printer: Printer, options: CommonOptions) => Promise<void>;

/** For the shell: `eval "$(sallyport webhook SENDER)"`. */
function tell(sender: string): Work {
  return async (cloud, _printer, { json }) => {
    if (cloud.own)
      throw new CommandError('no laptop cloud runs that could take an alert; "npm run demo" starts one');
    const { url, secret } = await cloud.sender(known(sender));
    if (json) printJson({ url, secret });
    else console.log(`WEBHOOK_URL='${url}'\nWEBHOOK_SECRET='${secret}'`);
  };
}

function post(sender: string, file: string): Work {
  return async (cloud, printer, { json }) => {
    const { url, secret } = await cloud.sender(known(sender));
    const body = readFileSync(file);
    const timestamp = String(Math.floor(Date.now() / 1000));
    const headers = {
      'content-type': 'application/json',
      'x-sallyport-timestamp': timestamp,
      'x-sallyport-signature': signatureOf(secret, timestamp, body),
    };
    const answer = await fetch(url, { method: 'POST', headers, body });
    const text = await answer.text();
    if (answer.status !== 202) throw new CommandError(`the webhook answered ${answer.status}: ${text}`);
    await cloud.idle();
    const accepted = JSON.parse(text) as { readonly uid: string };
    if (json) printJson(accepted);
    else
      printer.line({ step: 'accepted', text: `${accepted.uid}; "sallyport incidents" has it`, tone: 'good' });
  };
}

function known(sender: string): string {
  const senders = webhookMappings.map((mapping) => mapping.sender);
  if (senders.includes(sender)) return sender;
  throw new CommandError(
    `there is no sender ${sender} in policies/webhooks; there are ${senders.join(', ')}`,
  );
}
