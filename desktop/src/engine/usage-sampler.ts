import type { StackUsage, UsagePace } from '#contract/index.ts';
import { type Bell, createBell } from '#kit/bell.ts';
import { describeUsage, type UsageReading } from './health/index.ts';

/** Two readings are needed before it can be told how busy something is. */
const firstSeconds = 1;
const paceSeconds: Record<UsagePace, number> = { live: 5, slow: 30 };
/** So that the engine is not asked more often than so many times in a second. */
const readingsPerSecond = 10;
/** What is older is compared with nothing: it would tell of a time that nobody looked at. */
const staleMs = 60_000;

interface Listener {
  readonly pace: UsagePace;
  readonly bell: Bell;
}

interface Reading {
  readonly atMs: number;
  readonly containers: readonly UsageReading[];
  /** Absent for the first, which only the second can be compared with. */
  readonly usage?: StackUsage;
}

/** Reads what an environment uses for all that listen at the pace of the one who wants it fastest, and not at all while nobody does. */
export class UsageSampler {
  private readonly environment: string;
  private readonly read: () => Promise<UsageReading[]>;
  private readonly listeners = new Set<Listener>();
  private last: Reading | undefined;
  private loop: Promise<void> | undefined;
  private wake = (): void => undefined;

  constructor(environment: string, read: () => Promise<UsageReading[]>) {
    this.environment = environment;
    this.read = read;
  }

  async *watch(pace: UsagePace, signal: AbortSignal): AsyncGenerator<StackUsage> {
    const listener = { pace, bell: createBell() };
    this.listeners.add(listener);
    this.wake();
    this.loop ??= this.run();
    let told: StackUsage | undefined;
    try {
      while (!signal.aborted) {
        const usage = this.fresh()?.usage;
        if (usage !== undefined && usage !== told) yield usage;
        told = usage;
        await listener.bell.next(signal);
      }
    } finally {
      this.listeners.delete(listener);
      this.wake();
    }
  }

  private fresh(): Reading | undefined {
    return this.last !== undefined && Date.now() - this.last.atMs < staleMs ? this.last : undefined;
  }

  private async run(): Promise<void> {
    while (this.listeners.size > 0) {
      if (this.dueInMs() <= 0) await this.take();
      else await this.rest(this.dueInMs());
    }
    this.loop = undefined;
  }

  private everySeconds(containers: number): number {
    const wanted = Math.min(...[...this.listeners].map(({ pace }) => paceSeconds[pace]), paceSeconds.slow);
    return Math.max(wanted, Math.ceil(containers / readingsPerSecond));
  }

  private dueInMs(): number {
    const last = this.fresh();
    if (last === undefined) return 0;
    const seconds = last.usage === undefined ? firstSeconds : this.everySeconds(last.containers.length);
    return last.atMs + seconds * 1000 - Date.now();
  }

  private async take(): Promise<void> {
    const before = this.fresh();
    // While the engine does not answer nobody knows what is used: a gap, as where nothing runs.
    const containers = await this.read().catch(() => []);
    const atMs = Date.now();
    this.last = {
      atMs,
      containers,
      ...(before === undefined
        ? {}
        : {
            usage: {
              environment: this.environment,
              at: new Date(atMs).toISOString(),
              everySeconds: this.everySeconds(containers.length),
              services: describeUsage(before.containers, containers),
            },
          }),
    };
    for (const { bell } of this.listeners) bell.ring();
  }

  /** Until the time is over, or somebody came or went. */
  private async rest(ms: number): Promise<void> {
    await new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, ms);
      this.wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });
    this.wake = () => undefined;
  }
}
