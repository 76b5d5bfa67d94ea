import { EventEmitter } from 'node:events';

/**
 * Makes an object throw when something is asked of it that it does not have, so that a call which the double does not
 * know fails the run by name instead of doing nothing.
 */
export function strict<T extends object>(name: string, target: T): T {
  return new Proxy(target, {
    get(object, key) {
      if (typeof key === 'symbol' || key in object || key === 'then' || key === 'toJSON') {
        const value: unknown = Reflect.get(object, key, object);
        return typeof value === 'function' ? (value.bind(object) as unknown) : value;
      }
      throw new Error(`electron double: ${name}.${key} is not implemented`);
    },
    set(_object, key) {
      throw new Error(`electron double: ${name}.${String(key)} cannot be set`);
    },
  });
}

/** An emitter that knows the names of its events: listening for any other one throws. */
export class StrictEmitter extends EventEmitter {
  readonly #name: string;
  readonly #events: ReadonlySet<string>;

  constructor(name: string, events: readonly string[]) {
    super();
    this.#name = name;
    this.#events = new Set(events);
  }

  override on(event: string, listener: (...args: never[]) => void): this {
    this.#check(event);
    return super.on(event, listener as (...args: unknown[]) => void);
  }

  override once(event: string, listener: (...args: never[]) => void): this {
    this.#check(event);
    return super.once(event, listener as (...args: unknown[]) => void);
  }

  #check(event: string): void {
    if (!this.#events.has(event)) throw new Error(`electron double: event ${this.#name}#${event} is not implemented`);
  }
}

/** An event object whose default can be prevented. */
export class PreventableEvent {
  defaultPrevented = false;

  preventDefault(): void {
    this.defaultPrevented = true;
  }
}
