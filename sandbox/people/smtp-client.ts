import { connect, type Socket } from 'node:net';
import { createInterface } from 'node:readline';

export interface SmtpEnvelope {
  readonly from: string;
  readonly to: readonly string[];
}

/** Hands one message to an SMTP server (RFC 5321) on the loopback address. Throws if a step is refused. */
export async function deliverBySmtp(
  port: number,
  { from, to }: SmtpEnvelope,
  message: string,
): Promise<void> {
  const socket = connect(port, '127.0.0.1');
  try {
    const step = conversation(socket);
    await step(undefined, 220);
    await step('EHLO sandbox.local', 250);
    await step(`MAIL FROM:<${addressOf(from)}>`, 250);
    for (const recipient of to) await step(`RCPT TO:<${addressOf(recipient)}>`, 250);
    await step('DATA', 354);
    // A line that begins with a dot would end the message: it is doubled (RFC 5321, section 4.5.2).
    await step(`${message.replaceAll(/^\./gm, '..')}\r\n.`, 250);
    await step('QUIT', 221);
  } finally {
    socket.destroy();
  }
}

/** `Name <address>` or the bare address. */
export function addressOf(mailbox: string): string {
  return /<([^<>\s]+)>/.exec(mailbox)?.[1] ?? mailbox.trim();
}

type Step = (command: string | undefined, expected: number) => Promise<void>;

function conversation(socket: Socket): Step {
  const failed = new Promise<never>((_, reject) => socket.once('error', reject));
  // A failure after the last step concerns nobody.
  failed.catch(() => undefined);
  const replies = createInterface({ input: socket })[Symbol.asyncIterator]();
  return async (command, expected) => {
    if (command !== undefined) socket.write(`${command}\r\n`);
    const reply = await Promise.race([lastLine(replies), failed]);
    if (!reply.startsWith(String(expected)))
      throw new Error(`SMTP: ${command?.split('\r\n')[0] ?? 'greeting'} was answered by ${reply}`);
  };
}

/** `250-` announces a further line, `250 ` is the last. */
async function lastLine(replies: AsyncIterator<string>): Promise<string> {
  for (;;) {
    const { value, done } = await replies.next();
    if (done) throw new Error('SMTP: the server closed the connection');
    if (!/^\d{3}-/.test(value)) return value;
  }
}
