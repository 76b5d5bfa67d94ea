import type { EndOutcome } from '#contract/index.ts';
import { verbDoing, verbDone } from '#features/stack/index.ts';
import { assertNever } from '#kit/assert-never.ts';
import type { Notice } from '#state/index.ts';
import type { Tone } from '#ui/tone.ts';
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

const outcomes: Readonly<Record<EndOutcome, { tone: Tone; word: string }>> = {
  done: { tone: 'ok', word: 'is done' },
  failed: { tone: 'bad', word: 'failed' },
  cancelled: { tone: 'warn', word: 'was cancelled' },
  restored: { tone: 'warn', word: 'failed, and what ran before runs again' },
  unrestored: { tone: 'bad', word: 'failed, and what ran before could not be brought back' },
};

/** `api is`, `2 services are`; with another verb, `api crashes`, `2 services crash`. */
function subject(services: readonly string[], one: string, many: string): string {
  const [first = ''] = services;
  return services.length === 1 ? `${first} ${one}` : `${services.length} services ${many}`;
}

function noteOf(services: readonly string[], environment: string): string {
  return services.length === 1 ? environment : `${environment}: ${services.join(', ')}`;
}

function actionOf({ action: { verb, services, target } }: Extract<Notice, { kind: 'ended' | 'locked' }>) {
  return { verb, services: [...services], ...(verb === 'deploy' && target !== undefined ? { version: target } : {}) };
}

/** What a notification says. `environment`: what the reader calls it. */
export function noticeLine(notice: Notice, environment: string): NoticeLine {
  switch (notice.kind) {
    case 'unhealthy': {
      const { services, flaps } = notice;
      const title = flaps
        ? `${subject(services, 'keeps', 'keep')} turning unhealthy and well again`
        : `${subject(services, 'is', 'are')} unhealthy`;
      const more = flaps ? '. Nothing more is told until that ends.' : '';
      return { tone: 'bad', title, note: `${noteOf(services, environment)}${more}`, page: '/health' };
    }
    case 'recovered': {
      const { services } = notice;
      const title = `${subject(services, 'is', 'are')} well again`;
      return { tone: 'ok', title, note: noteOf(services, environment), page: '/health' };
    }
    case 'crashing': {
      const { services } = notice;
      const title = `${subject(services, 'crashes', 'crash')} again and again`;
      return { tone: 'bad', title, note: noteOf(services, environment), page: '/logs', services };
    }
    case 'ended': {
      const { outcome, actor, action } = notice;
      const { tone, word } = outcomes[outcome];
      const by = actor === undefined ? '' : `, by ${actor}`;
      const ofRelease = action.verb === 'deploy' || action.verb === 'rollback';
      const page = ofRelease ? '/releases' : '/stack';
      return { tone, title: `${verbDone(actionOf(notice))} ${word}`, note: `${environment}${by}`, page };
    }
    case 'locked': {
      const title = `${notice.actor} changes ${environment}`;
      return {
        tone: 'busy',
        title,
        note: `${verbDoing(actionOf(notice))}; nobody else can until that ends.`,
        page: '/activity',
      };
    }
    default:
      return assertNever(notice);
  }
}
