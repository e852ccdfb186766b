import { MemberNotReadableError } from '../core/errors.ts';
import type { Clock } from '../core/ports.ts';
import { fillResource, type Place } from '../core/resource-pattern.ts';
import type { AccountClients, ClientsOf } from './account-clients.ts';
import { type Sts, stsClient, takeRole } from './take-role.ts';

export interface ReaderParts {
  readonly clientsOf: ClientsOf;
  /** An ARN with `{account}`. */
  readonly roleArnPattern: string;
  readonly clock: Clock;
  readonly sts?: Sts;
}

/** STS's longest session for a role that another role takes, which outlasts the longest investigation. */
const SECONDS = 60 * 60;

/** Milliseconds that a session must still have: no call takes longer with all its retries. */
const MARGIN = 5 * 60_000;

interface Session {
  readonly clients: AccountClients;
  readonly endsAt: number;
}

/**
 * The clients of member accounts, each with its reader role's credentials, which are taken when the first command is
 * sent. Sessions outlive an invocation, but never serve another incident, whose name they would bear in CloudTrail.
 * Commands throw MemberNotReadableError where the role cannot be taken.
 */
export function readerClients(parts: ReaderParts): (place: Place, incident: string) => AccountClients {
  const sessions = new Map<string, Promise<Session>>();
  let latest = '';
  const session = async (place: Place, incident: string): Promise<Session> => {
    if (incident !== latest) sessions.clear();
    latest = incident;
    const known = sessions.get(place.account);
    if (known && (await known).endsAt - MARGIN > parts.clock().getTime()) return known;
    const taken = take(place, incident, parts);
    sessions.set(place.account, taken);
    // What was refused once may be allowed by the next attempt.
    taken.catch(() => sessions.delete(place.account));
    return taken;
  };
  return (place, incident) => ({
    async send(operation, command, region) {
      const { clients } = await session(place, incident);
      return clients.send(operation, command, region);
    },
  });
}

async function take(place: Place, incident: string, parts: ReaderParts): Promise<Session> {
  const { clientsOf, roleArnPattern, clock, sts = stsClient(place.region) } = parts;
  const roleArn = fillResource(roleArnPattern, place);
  const endsAt = clock().getTime() + SECONDS * 1000;
  try {
    const credentials = await takeRole({ roleArn, incident, seconds: SECONDS }, sts);
    return { clients: clientsOf(credentials), endsAt };
  } catch (cause) {
    // Whatever else goes wrong, such as a throttle, passes with a retry.
    if (cause instanceof Error && cause.name === 'AccessDenied')
      throw new MemberNotReadableError(place.account, { cause });
    throw cause;
  }
}
