import { randomUUID } from 'node:crypto';
import type { AddressInfo } from 'node:net';
import PostalMime from 'postal-mime';
import { SMTPServer } from 'smtp-server';
import type { DurableMap } from '../durable.ts';
import { durable, type Home } from '../home.ts';

/** A mail as it arrived. */
export interface Mail {
  readonly id: string;
  readonly receivedAt: string;
  readonly from: string;
  readonly to: readonly string[];
  readonly subject: string;
  readonly text: string;
  readonly html: string;
}

/** A message in the local stand-in of Slack. */
export interface ChatMessage {
  readonly id: string;
  readonly postedAt: string;
  readonly channel: string;
  readonly text: string;
  readonly blocks: readonly unknown[];
}

/** Where mails and messages of the laptop cloud end: a real SMTP server for any recipient, and a list. */
export class Inbox {
  readonly smtpPort: number;
  readonly #home: Home;
  readonly #server: SMTPServer;
  readonly #mails: DurableMap<Mail>;
  readonly #messages: DurableMap<ChatMessage>;

  private constructor(home: Home, server: SMTPServer, mails: DurableMap<Mail>) {
    this.#home = home;
    this.#server = server;
    this.smtpPort = (server.server.address() as AddressInfo).port;
    this.#mails = mails;
    this.#messages = durable(home, 'messages');
  }

  static async open(home: Home): Promise<Inbox> {
    const mails = durable<Mail>(home, 'mails');
    const server = new SMTPServer({
      authOptional: true,
      disabledCommands: ['AUTH', 'STARTTLS'],
      logger: false,
      onData(stream, session, done) {
        const recipients = session.envelope.rcptTo.map(({ address }) => address);
        receive(stream, recipients, home, mails).then(() => done(), done);
      },
    });
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject);
      server.listen(0, '127.0.0.1', resolve);
    });
    return new Inbox(home, server, mails);
  }

  /** Oldest first. */
  mails(): readonly Mail[] {
    return this.#mails.values();
  }

  messages(): readonly ChatMessage[] {
    return this.#messages.values();
  }

  post(message: Omit<ChatMessage, 'id' | 'postedAt'>): ChatMessage {
    const posted = { id: randomUUID(), postedAt: this.#home.now().toISOString(), ...message };
    this.#messages.set(posted.id, posted);
    this.#home.emit({ type: 'message-posted', channel: posted.channel, text: posted.text });
    return posted;
  }

  close(): Promise<void> {
    return new Promise((resolve) => this.#server.close(() => resolve()));
  }
}

async function receive(
  stream: NodeJS.ReadableStream,
  to: readonly string[],
  home: Home,
  mails: DurableMap<Mail>,
): Promise<void> {
  const chunks: Buffer[] = [];
  for await (const chunk of stream) chunks.push(Buffer.from(chunk));
  const { from, subject = '', text = '', html = '' } = await PostalMime.parse(Buffer.concat(chunks));
  const receivedAt = home.now().toISOString();
  const mail = {
    id: randomUUID(),
    receivedAt,
    from: from?.address ?? '',
    to,
    subject,
    text: text.trimEnd(),
    html,
  };
  mails.set(mail.id, mail);
  home.emit({ type: 'mail-received', to, subject });
}
