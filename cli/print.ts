import { styleText } from 'node:util';
import ora, { type Ora } from 'ora';
import type { Line } from './narrate.ts';

const tones = { plain: 'reset', good: 'green', bad: 'red', ask: 'yellow' } as const;

/** Writes for people: colours and a spinner on a terminal only, and nothing at all when the answer is to be JSON. */
export interface Printer {
  heading(text: string): void;
  line(line: Line, milliseconds?: number): void;
  text(text: string): void;
  /** Shows that something is under way until it ends. */
  during<T>(text: string, work: () => Promise<T>): Promise<T>;
}

export const silent: Printer = { heading() {}, line() {}, text() {}, during: (_text, work) => work() };

export function terminal(stream: NodeJS.WriteStream = process.stdout): Printer {
  const paint = (format: Parameters<typeof styleText>[0], text: string) =>
    styleText(format, text, { stream, validateStream: true });
  let spinner: Ora | undefined;
  const write = (text: string) => {
    spinner?.clear();
    stream.write(`${text}\n`);
    spinner?.render();
  };
  return {
    heading: (text) => write(`\n${paint('bold', text)}`),
    text: write,
    line({ step, text, tone }, milliseconds) {
      const took = milliseconds === undefined ? '' : `${Math.round(milliseconds)} ms`;
      write(
        `${paint('dim', took.padStart(9))}  ${paint('bold', step.padEnd(12))} ${paint(tones[tone], text)}`,
      );
    },
    async during(text, work) {
      if (!stream.isTTY) return work();
      spinner = ora({ text, stream }).start();
      try {
        return await work();
      } finally {
        spinner.stop();
        spinner = undefined;
      }
    },
  };
}
