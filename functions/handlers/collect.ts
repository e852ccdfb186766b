import { kmsEvidenceSigner } from '../adapters/evidence-signer.ts';
import { s3EvidenceVault } from '../adapters/evidence-vault.ts';
import { exhibitServices } from '../adapters/member-services.gen.ts';
import type { Occasion } from '../core/exhibit.ts';
import { exhibits } from '../exhibits/registry.gen.ts';
import { type CollectParts, collect, giveUp } from '../response/collect.ts';
import { StepInput, step } from '../response/step.ts';
import { coveredAccount } from './covered-account.ts';
import { environment } from './environment.ts';
import { measuredHandler } from './measured-handler.ts';
import { within } from './patience.ts';
import { clock, openLedger } from './ports.ts';

/** Containment waits no longer than this for one reading; what is not there by then is named as not available. */
const PATIENCE_MS = 15_000;

const { EVIDENCE_BUCKET, EVIDENCE_KEY, EVIDENCE_ROLE } = environment(
  'EVIDENCE_BUCKET',
  'EVIDENCE_KEY',
  'EVIDENCE_ROLE',
);
const parts: CollectParts = {
  ledger: openLedger(),
  exhibits,
  accountOf: coveredAccount(exhibitServices, 'keep'),
  vault: s3EvidenceVault(EVIDENCE_BUCKET),
  signer: kmsEvidenceSigner(EVIDENCE_KEY),
  custodian: EVIDENCE_ROLE,
  patience: within(PATIENCE_MS),
  clock,
};

export const handler = measuredHandler(async (event: unknown) => {
  const { incidentId, event: reason, error } = StepInput.parse(event);
  const occasion: Occasion = reason === 'contained' ? 'after-change' : 'before-change';
  if (error) await giveUp(incidentId, occasion, error, parts);
  else await collect(incidentId, occasion, parts);
  return step('collected');
});
