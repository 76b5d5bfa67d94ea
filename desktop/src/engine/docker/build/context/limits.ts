import { QuaysideError } from '#contract/index.ts';
import { say } from '#kit/say.ts';
import type { ContextLimits } from './entry.ts';

/** Far above any context that was meant; what exceeds it is a forgotten folder. */
export const defaultLimits: ContextLimits = { entries: 250_000, bytes: 8 * 1024 ** 3 };

const NAMED_FOLDERS = 5;

interface Share {
  files: number;
  bytes: number;
}

/** Counts what is packed and refuses, naming the biggest folders, when it is too much. */
export class ContextMeter {
  files = 0;
  bytes = 0;
  #entries = 0;
  readonly #shares = new Map<string, Share>();
  readonly #limits: ContextLimits;
  readonly #context: string;

  constructor(context: string, limits: ContextLimits) {
    this.#context = context;
    this.#limits = limits;
  }

  /** `bytes` of a file, or undefined for folders and links. */
  add(path: string, bytes?: number): void {
    this.#entries += 1;
    if (bytes !== undefined) {
      this.files += 1;
      this.bytes += bytes;
      this.#credit(path, bytes);
    }
    if (this.#entries > this.#limits.entries)
      throw this.#refusal(say`more than ${this.#limits.entries} files and folders`);
    if (this.bytes > this.#limits.bytes) throw this.#refusal(say`more than ${mebibytes(this.#limits.bytes)}`);
  }

  #credit(path: string, bytes: number): void {
    const folder = path.split('/').slice(0, -1).slice(0, 2).join('/');
    if (folder === '') return;
    const share = this.#shares.get(folder) ?? { files: 0, bytes: 0 };
    share.files += 1;
    share.bytes += bytes;
    this.#shares.set(folder, share);
  }

  #refusal(excess: string): QuaysideError {
    const biggest = [...this.#shares]
      .sort(([, left], [, right]) => right.bytes - left.bytes || right.files - left.files)
      .slice(0, NAMED_FOLDERS)
      .map(([folder, share]) => ({ folder, ...share }));
    const named = biggest
      .map((share) => say`${share.folder} (${share.files} files, ${mebibytes(share.bytes)})`)
      .join(', ');
    return new QuaysideError(
      'BUILD_FAILED',
      named === ''
        ? say`The build folder ${this.#context} holds ${excess}.`
        : say`The build folder ${this.#context} holds ${excess}; biggest so far: ${named}.`,
      {
        remedy: say`Name the folders that the image does not need in a file .dockerignore, such as node_modules or .git.`,
        details: { context: this.#context, biggest },
      },
    );
  }
}

function mebibytes(bytes: number): string {
  return `${(bytes / 1024 ** 2).toFixed(bytes < 10 * 1024 ** 2 ? 1 : 0)} MiB`;
}
