import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { vi } from 'vitest';
import { approvalLink } from '../../cli/approve-as-demo.ts';
import { arrivalInIncident } from '../../cli/arrival.ts';
import { type OpenCloud, openCloud } from '../../cli/cloud.ts';
import { type Story, stories } from '../../cli/demo-stories.ts';
import { follow } from '../../cli/follow.ts';
import { silent } from '../../cli/print.ts';
import { setModeOnce } from '../../cli/set-mode.ts';
import { demoDirectory } from '../../cli/tell-story.ts';
import type { Incident } from '../../functions/core/incident.ts';
import { envelopesOf, parseEnvelope } from '../../functions/sources/normalise.ts';

/** A story of the demo on a laptop cloud of its own, told until a person is asked. */
export interface WaitingStory {
  readonly cloud: OpenCloud;
  readonly story: Story;
  readonly incident: Incident;
  /** As the demo approver's mail says it. */
  readonly link: string;
  stop(): Promise<void>;
}

/** Starts a cloud as `npm run demo` does, publishes the story's finding and waits for the mail. */
export async function tellUntilApproval(name: string): Promise<WaitingStory> {
  const story = stories.find((one) => one.name === name);
  if (!story) throw new Error(`the demo has no story ${name}`);
  const stateDirectory = mkdtempSync(join(tmpdir(), 'sallyport-browser-'));
  const cloud = await openCloud({ accountSeed: demoDirectory, stateDirectory }, silent);
  await setModeOnce(cloud, 'act');
  const incidentId = await publish(cloud, story);
  const { incident } = await follow(cloud, incidentId, silent);
  const link = await vi.waitUntil(() => approvalLink(cloud.cloud, incidentId), { timeout: 10_000 });
  return {
    cloud,
    story,
    incident,
    link,
    async stop() {
      await cloud.stop();
      rmSync(stateDirectory, { recursive: true, force: true });
    },
  };
}

async function publish(cloud: OpenCloud, { finding: file }: Story): Promise<string> {
  const document: unknown = JSON.parse(readFileSync(join(demoDirectory, 'findings', file), 'utf8'));
  const [event] = envelopesOf(document);
  const [finding] = event ? parseEnvelope(event) : [];
  if (!event || !finding) throw new Error(`${file} holds no finding`);
  await cloud.deliver(event);
  return arrivalInIncident(cloud, finding);
}
