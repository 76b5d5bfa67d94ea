import { appendFile, mkdir } from 'node:fs/promises';
import { join } from 'node:path';

export interface Feedback {
  readonly sessionId: string;
  readonly helpful: boolean;
  readonly correlationId: string | undefined;
}

/** Keeps what customers thought of the answers, one JSON line each, in `feedback.jsonl` of the data directory. */
export class FileFeedback {
  readonly #directory: string;

  constructor(directory: string) {
    this.#directory = directory;
  }

  async add(feedback: Feedback): Promise<void> {
    await mkdir(this.#directory, { recursive: true });
    const line = JSON.stringify({ time: new Date().toISOString(), ...feedback });
    await appendFile(join(this.#directory, 'feedback.jsonl'), `${line}\n`);
  }
}
