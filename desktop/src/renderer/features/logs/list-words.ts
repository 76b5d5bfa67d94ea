import { t, wording } from '#words/index.ts';

/** What the list of lines says by itself. */
interface ListWords {
  label: string;
  titles: { time: string; level: string; service: string; message: string };
  heads: { readingEarlier: string; oldest: string; scrollUp: string };
  row: RowWords;
}

/** What stands in rows beside what was logged. */
export interface RowWords {
  cut: string;
  more: string;
  request: string;
}

function read(): ListWords {
  return {
    label: t('logs:list.label'),
    titles: {
      time: t('logs:list.time'),
      level: t('logs:list.level'),
      service: t('logs:list.service'),
      message: t('logs:list.message'),
    },
    heads: {
      readingEarlier: t('logs:list.readingEarlier'),
      oldest: t('logs:list.oldest'),
      scrollUp: t('logs:list.scrollUp'),
    },
    row: { cut: t('logs:list.cut'), more: t('logs:list.more'), request: t('logs:list.request') },
  };
}

let known: { of: number; words: ListWords } | undefined;

/** The words of the list, the same object as long as they stay: the list is drawn with every frame. */
export function listWords(): ListWords {
  const now = wording();
  if (known?.of !== now) known = { of: now, words: read() };
  return known.words;
}
