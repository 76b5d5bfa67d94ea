import { z } from 'zod';
import { say } from '#kit/say.ts';
import type { PullProgress } from '../types.ts';

/** One line of a pull as the engine writes it. */
export const pullLine = z.object({
  id: z.string().optional(),
  status: z.string().optional(),
  progressDetail: z
    .object({ current: z.number().optional(), total: z.number().optional() })
    .optional()
    .catch(undefined),
  error: z.string().optional(),
  errorDetail: z.object({ message: z.string() }).optional(),
});
export type PullLine = z.infer<typeof pullLine>;

interface Layer {
  current: number;
  total: number;
  phase: 'waiting' | 'downloading' | 'unpacking' | 'done';
}

/** Adds the lines of all layers up. Bytes are those of the download; neither they nor their sum ever go down. */
export class PullMeter {
  readonly #layers = new Map<string, Layer>();
  readonly #retrying = new Set<string>();
  #retry: { readonly reason: string; readonly delayMs: number } | undefined;
  #status = '';

  /** The state after this line, or undefined where the line changes nothing that is shown. */
  push(line: PullLine): PullProgress | undefined {
    const status = line.status ?? '';
    if (status === '') return undefined;
    this.#status = status;
    if (line.id !== undefined && !status.startsWith('Pulling from')) this.#layer(line.id, status, line.progressDetail);
    return this.progress();
  }

  progress(): PullProgress {
    const layers = [...this.#layers.values()];
    return {
      current: layers.reduce((sum, layer) => sum + layer.current, 0),
      total: layers.reduce((sum, layer) => sum + layer.total, 0),
      layersDone: layers.filter((layer) => layer.phase === 'done').length,
      layers: layers.length,
      status: this.#status,
    };
  }

  /** That the engine asks for a layer once more, told once for each time. */
  takeRetry(): { readonly reason: string; readonly delayMs: number } | undefined {
    const retry = this.#retry;
    this.#retry = undefined;
    return retry;
  }

  /** True while all that is left is unpacking, of which some engines tell nothing for minutes. */
  get unpacking(): boolean {
    const open = [...this.#layers.values()].filter((layer) => layer.phase !== 'done');
    return open.length > 0 && open.every((layer) => layer.phase === 'unpacking');
  }

  #layer(id: string, status: string, detail: PullLine['progressDetail']): void {
    this.#noteRetry(id, status);
    const layer = this.#layers.get(id) ?? { current: 0, total: 0, phase: 'waiting' };
    this.#layers.set(id, layer);
    if (layer.phase === 'done') return;
    if (status === 'Downloading') {
      layer.phase = 'downloading';
      layer.current = Math.max(layer.current, detail?.current ?? 0);
      layer.total = Math.max(layer.total, detail?.total ?? 0, layer.current);
    } else if (/^(Verifying Checksum|Download complete|Extracting)/.test(status)) {
      layer.phase = 'unpacking';
      // Small layers are here before the engine has told their size; unpacking tells it too.
      if (status === 'Extracting') layer.total = Math.max(layer.total, detail?.total ?? 0);
      layer.current = layer.total;
    } else if (/^(Pull complete|Already exists|Layer already)/.test(status)) {
      layer.phase = 'done';
      layer.current = layer.total;
    }
  }

  /** The engine counts the seconds down, a line for each. */
  #noteRetry(id: string, status: string): void {
    const seconds = /^Retrying in (\d+) second/.exec(status)?.[1];
    if (seconds === undefined) this.#retrying.delete(id);
    else if (!this.#retrying.has(id)) {
      this.#retrying.add(id);
      this.#retry = {
        reason: say`The engine lost the connection within the layer ${id}.`,
        delayMs: Number(seconds) * 1000,
      };
    }
  }
}
