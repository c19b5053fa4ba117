import { createInterface } from 'node:readline/promises';
import { Writable } from 'node:stream';
import { StartError } from '../start-error.ts';

export interface Question {
  /** As a person reads it. */
  readonly text: string;
  /** Where else the answer can come from, for the error when nobody can be asked. */
  readonly flag: string;
  readonly variable: string;
  readonly secret: boolean;
}

/** The answer given by flag or environment, else asked for on the terminal; a secret is not shown while it is typed. Throws StartError. */
export async function answerTo(question: Question, given: string | undefined): Promise<string> {
  const known = given?.trim();
  if (known) return known;
  const hint = question.flag ? `${question.flag} or ${question.variable}` : question.variable;
  if (!process.stdin.isTTY) throw new StartError(`${question.text}: give it with ${hint}.`);
  let hidden = false;
  const output = new Writable({
    write(chunk, _encoding, done) {
      if (!hidden) process.stderr.write(chunk as Buffer);
      done();
    },
  });
  const lines = createInterface({ input: process.stdin, output, terminal: true });
  try {
    for (;;) {
      const answer = lines.question(`${question.text}${question.secret ? ' (not shown)' : ''}: `);
      hidden = question.secret;
      const text = (await answer).trim();
      hidden = false;
      if (question.secret) process.stderr.write('\n');
      if (text !== '') return text;
    }
  } finally {
    lines.close();
  }
}
