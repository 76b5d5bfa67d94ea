import type { EngineState, Hello, NoticeKind } from '#contract/index.ts';
import { assertNever } from '#kit/assert-never.ts';

/** What a kind of notification is about. */
export function noticeWords(kind: NoticeKind): { title: string; note: string } {
  switch (kind) {
    case 'unhealthy':
      return { title: 'A service became unhealthy', note: 'Its health command fails, or it ended with an error.' };
    case 'recovered':
      return { title: 'A service recovered', note: 'It is well again.' };
    case 'crashing':
      return { title: 'A service crashes again and again', note: 'The engine restarts it, and it ends each time.' };
    case 'ended':
      return {
        title: 'A deployment, rollback or other operation ended',
        note: 'With how it ended. Not for what you did on the page that is in front of you.',
      };
    case 'locked':
      return {
        title: 'Somebody else changes the stack',
        note: 'Another Quayside, or the command line, of this account holds the lock of the stack.',
      };
    default:
      return assertNever(kind);
  }
}

/** How the panel stands to the engine, in one sentence. */
export function engineSentence(engine: EngineState | undefined, online: boolean): string {
  if (!online) return 'The panel is not connected to Quayside, so what stands here may be old.';
  const state = engine?.state;
  switch (state) {
    case undefined:
    case 'connecting':
      return 'Quayside looks for the engine.';
    case 'connected':
      return 'The engine answers.';
    case 'lost':
      return 'The engine answered before and does not now. Quayside keeps trying.';
    case 'failed':
      return engine?.problem?.message ?? 'No engine answers.';
    default:
      return assertNever(state);
  }
}

/** How this host is told which engine to use. */
export function engineChange(host: Hello['host'] | undefined): string {
  return host === 'electron'
    ? 'To use another one, choose it with “docker context use NAME”, or set DOCKER_HOST for your account; then start Quayside anew.'
    : 'To use another one, start Quayside with DOCKER_HOST or DOCKER_CONTEXT set, or after “docker context use NAME”.';
}

/** What carries the panel. */
export function hostWords(host: Hello['host']): string {
  switch (host) {
    case 'electron':
      return 'the desktop app';
    case 'web':
      return 'a browser, served from this machine';
    case 'cli':
      return 'the command line';
    case 'test':
      return 'a test';
    default:
      return assertNever(host);
  }
}

const browsers = [
  ['Edg/', 'Edge'],
  ['Firefox/', 'Firefox'],
  ['Chrome/', 'Chrome'],
  ['Safari/', 'Safari'],
] as const;
const systems = [
  ['Windows', 'Windows'],
  ['Android', 'Android'],
  ['iPhone', 'iPhone'],
  ['iPad', 'iPad'],
  ['Mac OS', 'macOS'],
  ['Linux', 'Linux'],
] as const;

/** What a browser says that it is, in two words; anybody can say anything. */
export function browserWords(agent: string): string {
  const name = browsers.find(([mark]) => agent.includes(mark))?.[1];
  const system = systems.find(([mark]) => agent.includes(mark))?.[1];
  if (name === undefined) return 'Another program';
  return system === undefined ? name : `${name} on ${system}`;
}
