import type { EngineState, Hello, NoticeKind } from '#contract/index.ts';
import { assertNever } from '#kit/assert-never.ts';
import { t } from '#words/index.ts';

/** What a kind of notification is about. */
export function noticeWords(kind: NoticeKind): { title: string; note: string } {
  return { title: t(`settings:notice.${kind}.title`), note: t(`settings:notice.${kind}.note`) };
}

/** How the panel stands to the engine, in one sentence. */
export function engineSentence(engine: EngineState | undefined, online: boolean): string {
  if (!online) return t('settings:engine.offline');
  const state = engine?.state;
  switch (state) {
    case undefined:
    case 'connecting':
      return t('settings:engine.connecting');
    case 'connected':
      return t('settings:engine.connected');
    case 'lost':
      return t('settings:engine.lost');
    case 'failed':
      return engine?.problem?.message ?? t('settings:engine.failed');
    default:
      return assertNever(state);
  }
}

/** How this host is told which engine to use. */
export function engineChange(host: Hello['host'] | undefined): string {
  return t(host === 'electron' ? 'settings:engine.changeInApp' : 'settings:engine.change');
}

/** What carries the panel. */
export function hostWords(host: Hello['host']): string {
  return t(`settings:host.${host}`);
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
  if (name === undefined) return t('settings:otherProgram');
  return system === undefined ? name : t('settings:browserOn', { name, system });
}
