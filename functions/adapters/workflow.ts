import { ExecutionAlreadyExists, type SFNClient, StartExecutionCommand } from '@aws-sdk/client-sfn';
import { canonicalJson } from '../core/canonical.ts';
import type { Workflow } from '../core/ports.ts';

/** Starts executions under names that make a second start of the same thing no start at all. */
export function workflow(stateMachineArn: string, client: Pick<SFNClient, 'send'>): Workflow {
  return {
    async start({ incidentId, generation, event, attempt }) {
      const name = [incidentId, generation, ...(event === 'finding' ? [] : [event, attempt])].join('-');
      const input = canonicalJson({ version: 1, incidentId, generation, event });
      try {
        await client.send(new StartExecutionCommand({ stateMachineArn, name, input }));
      } catch (error) {
        if (!(error instanceof ExecutionAlreadyExists)) throw error;
      }
    },
  };
}
