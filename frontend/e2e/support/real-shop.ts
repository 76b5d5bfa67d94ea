import { type RunningProcess, startProcess } from './process.ts';

/** The real frontend before the real backend, each in a process of its own. */
export interface RealShop {
  readonly url: string;
  killBackend(): Promise<void>;
  /** Starts the backend again where it was. */
  startBackend(): Promise<void>;
  stop(): Promise<void>;
}

export async function startRealShop(backendEnv: Readonly<Record<string, string>> = {}): Promise<RealShop> {
  const common = { DRAIN_DELAY_MS: '0', HEALTH_INTERVAL_MS: '2000', MAX_EVENT_LOOP_DELAY_MS: '60000' };
  const env = { ...common, ...backendEnv };
  let backend: RunningProcess | undefined = await startProcess('backend', env);
  const { port, url: BACKEND_URL } = backend;
  const frontend = await startProcess('frontend', { ...common, BACKEND_URL });
  return {
    url: frontend.url,
    async killBackend() {
      await backend?.kill();
      backend = undefined;
    },
    async startBackend() {
      backend = await startProcess('backend', { ...env, PORT: String(port) });
    },
    async stop() {
      await frontend.stop();
      await backend?.stop();
    },
  };
}
