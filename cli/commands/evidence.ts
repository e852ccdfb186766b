import { mkdirSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Command } from 'commander';
import { MANIFEST, SIGNATURE } from '../../functions/core/evidence-bundle.ts';
import type { Custody } from '../../functions/core/incident.ts';
import { printable } from '../../functions/core/printable.ts';
import { type CommonOptions, cloudCommand, existing, printJson, withCloud } from '../cloud-command.ts';
import { type Fetched, namesOf, publicKey, verifyBundle } from '../evidence.ts';
import { narrateCustody } from '../narrate.ts';
import type { Printer } from '../print.ts';
import type { Session } from '../session.ts';

interface Options extends CommonOptions {
  readonly to?: string;
}

type Preserved = Extract<Custody, { type: 'evidence-preserved' }>;

/** What `--json` says of one bundle. `problems` is absent where nothing was fetched. */
interface Shown {
  readonly entry: Custody;
  readonly folder?: string;
  readonly problems?: readonly string[];
}

export function evidenceCommand(): Command {
  return cloudCommand('evidence', 'list the evidence bundles of an incident, or fetch and verify them')
    .argument('<incident>', 'the incident, as INC-…')
    .option(
      '--to <directory>',
      'fetch the bundles into a folder each, and check every hash and the signature',
    )
    .action((id: string, options: Options) =>
      withCloud(options, async (cloud, printer) => {
        const { custody } = await existing(cloud, id);
        const shown: Shown[] = [];
        for (const [index, entry] of custody.entries()) {
          const one = options.to ? await fetched(entry, index, options.to, cloud) : { entry };
          tell(one, printer);
          shown.push(one);
        }
        if (options.json) printJson({ incident: id, bundles: shown });
        else if (shown.length === 0) printer.text(`Nothing was kept for ${id}.`);
        if (shown.some(({ problems = [] }) => problems.length > 0)) process.exitCode = 1;
      }),
    );
}

/** Files are written as they came, wrong ones too: they may be what an investigator wants to see. */
async function fetched(entry: Custody, index: number, to: string, session: Session): Promise<Shown> {
  if (entry.type === 'evidence-unavailable') return { entry };
  const folder = join(resolve(to), `${index + 1}-${entry.occasion}`);
  const files = await fetchAll(entry, session);
  const der = await session.evidenceKey(entry.signingKey);
  const key = publicKey(der);
  mkdirSync(folder, { recursive: true });
  for (const [name, bytes] of files) writeFileSync(join(folder, name), bytes);
  writeFileSync(join(folder, 'public-key.pem'), key.export({ type: 'spki', format: 'pem' }));
  return { entry, folder, problems: verifyBundle(entry, files, key) };
}

/** Names come from the ledger, whose schema lets nothing through that leads out of a folder. */
async function fetchAll(entry: Preserved, session: Session): Promise<Fetched> {
  const files = new Map<string, Uint8Array>();
  for (const name of namesOf(entry)) {
    const bytes = await session.evidenceFile(`${entry.bundle}/${name}`);
    if (bytes) files.set(name, bytes);
  }
  return files;
}

function tell({ entry, folder, problems = [] }: Shown, printer: Printer): void {
  for (const line of narrateCustody(entry)) printer.line(line);
  if (entry.type === 'evidence-unavailable') return;
  for (const { name, bytes, sha256 } of entry.files)
    printer.line({
      step: '',
      text: `${sha256.slice(0, 12)}  ${String(bytes).padStart(7)}  ${name}`,
      tone: 'plain',
    });
  if (!folder) return;
  for (const problem of problems) printer.line({ step: 'wrong', text: printable(problem), tone: 'bad' });
  const good = `${entry.files.length} files, ${MANIFEST} and ${SIGNATURE} are what was signed, in ${folder}`;
  if (problems.length === 0) printer.line({ step: 'verified', text: good, tone: 'good' });
}
