import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { expect, it } from 'vitest';
import { coordinationTable } from '../../functions/adapters/coordination-table.ts';
import { projection, summarise } from '../../functions/adapters/projection.ts';
import { entityKey } from '../../functions/core/entity.ts';
import { sweepToTheEnd } from './sweep.ts';
import type { World } from './world.ts';

/** The list's line and every entity's history, against what the ledger says. */
async function stale({ session }: World, id: string): Promise<string[]> {
  const { endpoint, region, auditor: credentials, outputs } = session.cloud;
  const client = new DynamoDBClient({ endpoint, region, credentials });
  const kept = projection(coordinationTable(String(outputs.CoordinationTableName), client));
  const incident = await session.ledger.read(id);
  const wanted = summarise(incident);
  const line = (await kept.list()).find((one) => one.incident === id);
  const problems =
    JSON.stringify(line) === JSON.stringify(wanted) ? [] : [`the list has ${JSON.stringify(line)}`];
  for (const entity of incident.entities) {
    const past = (await kept.of(entityKey(entity))).find((one) => one.incident === id);
    if (past?.status !== wanted.status) problems.push(`${entityKey(entity)} has ${JSON.stringify(past)}`);
  }
  return problems;
}

it('the list of incidents comes out as the ledger has it, wherever the projection is killed', async () => {
  const began = performance.now();
  const { kills, unhealed } = await sweepToTheEnd('gone-key', 'project', stale);
  const seconds = Math.round((performance.now() - began) / 1000);
  console.log(`projection: ${kills} kills, ${unhealed.length} not healed, ${seconds} s`);
  expect(unhealed).toEqual([]);
  expect(kills).toBeGreaterThan(10);
});
