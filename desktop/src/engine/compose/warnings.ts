import { say } from '#kit/say.ts';
import type { ModelWarning } from './model.ts';
import type { Origin } from './tree/node.ts';

/** Gathers warnings in the order they were met; the same words at the same line count once. */
export class Warnings {
  readonly #seen = new Set<string>();
  readonly list: ModelWarning[] = [];

  /** Says that nothing sets a variable. */
  unset(variable: string, where: Origin): void {
    this.add(say`the variable ${variable} is not set; an empty text is used`, where);
  }

  add(message: string, where?: Origin): void {
    const place = where?.source.place(where.at);
    const key = `${place?.file ?? ''}:${place?.line ?? 0}:${message}`;
    if (this.#seen.has(key)) return;
    this.#seen.add(key);
    this.list.push(place === undefined ? { message } : { message, place });
  }
}
