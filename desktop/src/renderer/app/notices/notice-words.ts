import type { EndOutcome } from '#contract/index.ts';
import { verbDoing, verbDone } from '#features/stack/index.ts';
import { assertNever } from '#kit/assert-never.ts';
import type { Notice } from '#state/index.ts';
import type { Tone } from '#ui/tone.ts';
import { t } from '#words/index.ts';
import type { PanelPage } from '../pages.ts';

/** A notification in words, and where more is to be seen. */
export interface NoticeLine {
  readonly tone: Tone;
  readonly title: string;
  readonly note: string;
  readonly page: PanelPage['to'];
  /** Services whose logs tell more, where those are the place. */
  readonly services?: readonly string[];
}

const tones: Readonly<Record<EndOutcome, Tone>> = {
  done: 'ok',
  failed: 'bad',
  cancelled: 'warn',
  restored: 'warn',
  unrestored: 'bad',
};

/** One service by its name, several by their number. */
function subject(services: readonly string[]): { count: number; name: string } {
  return { count: services.length, name: services[0] ?? '' };
}

function noteOf(services: readonly string[], environment: string): string {
  return services.length === 1 ? environment : t('app:notice.which', { environment, services: services.join(', ') });
}

function actionOf({ action: { verb, services, target } }: Extract<Notice, { kind: 'ended' | 'locked' }>) {
  return { verb, services: [...services], ...(verb === 'deploy' && target !== undefined ? { version: target } : {}) };
}

/** What a notification says. `environment`: what the reader calls it. */
export function noticeLine(notice: Notice, environment: string): NoticeLine {
  switch (notice.kind) {
    case 'unhealthy': {
      const { services, flaps } = notice;
      const title = t(flaps ? 'app:notice.flaps' : 'app:notice.unhealthy', subject(services));
      const where = noteOf(services, environment);
      return { tone: 'bad', title, note: flaps ? t('app:notice.flapsNote', { where }) : where, page: '/health' };
    }
    case 'recovered': {
      const { services } = notice;
      const title = t('app:notice.recovered', subject(services));
      return { tone: 'ok', title, note: noteOf(services, environment), page: '/health' };
    }
    case 'crashing': {
      const { services } = notice;
      const title = t('app:notice.crashing', subject(services));
      return { tone: 'bad', title, note: noteOf(services, environment), page: '/logs', services };
    }
    case 'ended': {
      const { outcome, actor, action } = notice;
      const title = t(`app:notice.ended.${outcome}`, { what: verbDone(actionOf(notice)) });
      const note = actor === undefined ? environment : t('app:notice.by', { environment, actor });
      const ofRelease = action.verb === 'deploy' || action.verb === 'rollback';
      return { tone: tones[outcome], title, note, page: ofRelease ? '/releases' : '/stack' };
    }
    case 'locked': {
      const title = t('app:notice.locked', { actor: notice.actor, environment });
      const note = t('app:notice.lockedNote', { doing: verbDoing(actionOf(notice)) });
      return { tone: 'busy', title, note, page: '/activity' };
    }
    default:
      return assertNever(notice);
  }
}
