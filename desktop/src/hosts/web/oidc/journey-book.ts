import { newSecret, SecretTable } from '../secrets.ts';
import type { Proofs } from './provider.ts';

/** How long somebody may take at the provider, and a tab to fetch what came of it. */
export const journeyMs = 10 * 60_000;
/** Of more that are under way, the oldest is given up: whoever begins many holds nobody up. */
export const mostJourneys = 200;

/** One way to the provider and back. */
export interface Journey {
  readonly proofs: Proofs;
  /** Origin of the panel from which it began; it ends there, or nowhere. */
  readonly origin: string;
  readonly expires: number;
  /** The address under which the browser came back. */
  returned?: URL;
}

/**
 * The journeys under way. Each has two secrets: the state, which travels, and the key, which the tab that began it keeps for itself. One
 * lets the browser in again, once; the other gives what came of it, once, so that an address which somebody else was led to
 * visit signs nobody in.
 */
export class JourneyBook {
  readonly #byState = new SecretTable<Journey>();
  readonly #byKey = new SecretTable<Journey>();
  readonly #now: () => number;

  constructor(now: () => number = () => performance.now()) {
    this.#now = now;
  }

  begin(origin: string): { key: string; proofs: Proofs } {
    this.#sweep();
    const [oldest] = this.#byKey.values();
    if (this.#byKey.size >= mostJourneys) this.#drop((one) => one === oldest);
    const proofs = { state: newSecret(), nonce: newSecret(), verifier: newSecret() };
    const journey: Journey = { proofs, origin, expires: this.#now() + journeyMs };
    const key = newSecret();
    this.#byState.add(proofs.state, journey);
    this.#byKey.add(key, journey);
    return { key, proofs };
  }

  /** Whether a browser is awaited there with this state. */
  awaits(origin: string, state: string): boolean {
    this.#sweep();
    return this.#byState.find(state)?.origin === origin;
  }

  /** Notes a browser that came back; false = it was not awaited, or had come before. */
  arrive(origin: string, state: string, returned: URL): boolean {
    if (!this.awaits(origin, state)) return false;
    const journey = this.#byState.find(state);
    this.#byState.removeWhere((one) => one === journey);
    if (journey !== undefined) journey.returned = returned;
    return true;
  }

  /** Takes what came of a journey, once; `away` = the browser has not come back yet. */
  take(origin: string, key: string): { returned: URL; proofs: Proofs } | 'away' | undefined {
    this.#sweep();
    const journey = this.#byKey.find(key);
    if (journey?.origin !== origin) return undefined;
    const { returned, proofs } = journey;
    if (returned === undefined) return 'away';
    this.#drop((one) => one === journey);
    return { returned, proofs };
  }

  #drop(test: (journey: Journey) => boolean): void {
    this.#byState.removeWhere(test);
    this.#byKey.removeWhere(test);
  }

  #sweep(): void {
    const time = this.#now();
    this.#drop(({ expires }) => expires <= time);
  }
}
