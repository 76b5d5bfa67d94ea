import { mayInstall } from './update-rules.ts';

/** Where updates come from, and what installs them. */
export interface UpdateSource {
  /** The version that is offered to this copy; undefined where there is none, or a rollout has not reached it. */
  find(): Promise<string | undefined>;
  /** Fetches and verifies what `find` found. From then on the end of the app installs it. */
  fetch(): Promise<void>;
  /** Ends the app, installs what was fetched and starts that; `failed` where it could not. */
  install(failed: () => void): void;
}

/** What menus say of updates. */
export interface UpdateState {
  /** Version that waits for a restart. */
  readonly ready?: string;
  /** The last look, or the last fetching, failed; the next one is tried at its time. */
  readonly failed: boolean;
}

export interface UpdateOptions {
  readonly source: UpdateSource;
  /** Version of this copy. */
  readonly running: string;
  readonly onState: (state: UpdateState) => void;
}

const everyMs = 6 * 60 * 60 * 1000;

/** Looks now and every six hours, and fetches what may be installed; tells of it and asks nothing. Gives what ends it. */
export function followUpdates({ source, running, onState }: UpdateOptions): () => void {
  let newest = running;
  let state: UpdateState = { failed: false };
  let busy = false;
  let over = false;

  const tell = (next: UpdateState): void => {
    if (over) return;
    state = next;
    onState(next);
  };

  const look = async (): Promise<void> => {
    if (busy) return;
    busy = true;
    try {
      const offered = await source.find();
      if (offered !== undefined && mayInstall(newest, offered)) {
        await source.fetch();
        newest = offered;
      }
      tell(newest === running ? { failed: false } : { ready: newest, failed: false });
    } catch {
      // Being without a network is usual; it is said where somebody looks for it.
      tell({ ...state, failed: true });
    } finally {
      busy = false;
    }
  };

  void look();
  const timer = setInterval(() => void look(), everyMs);
  return () => {
    over = true;
    clearInterval(timer);
  };
}
