import * as z from 'zod';
import type { Calls } from './calls.ts';
import type { EventBus, EventEnvelope } from './services/events.ts';

/** A service's event needs these; what else it carries goes through as it stands. */
const Envelope = z.looseObject({
  source: z.string().min(1),
  'detail-type': z.string().min(1),
  detail: z.record(z.string(), z.unknown()),
});

/** What was brought to the door is no EventBridge event. */
export class EnvelopeError extends Error {
  override readonly name = 'EnvelopeError';
}

/** The door for service events: what only AWS's own services may put on the bus. Throws EnvelopeError. */
export function createDoor(bus: EventBus, calls: Calls): (envelope: unknown) => readonly string[] {
  return (envelope) => {
    const parsed = Envelope.safeParse(envelope);
    if (!parsed.success)
      throw new EnvelopeError(`This is no EventBridge event: ${z.prettifyError(parsed.error)}`);
    const event = parsed.data as unknown as EventEnvelope;
    calls.write({
      role: 'service',
      caller: event.source,
      account: event.account,
      service: 'events',
      operation: 'ServiceEvent',
      actions: [],
      resources: [],
      allowed: true,
    });
    return bus.deliver(event);
  };
}
