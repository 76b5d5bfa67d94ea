import { bytes } from '#ui/format.ts';
import { t, told } from '#words/index.ts';
import type { ExportFormat } from './export-file.ts';

/** How an export goes, or went. */
export type Outcome =
  | { readonly kind: 'going'; readonly lines: number }
  /** `missing`: some lines may be missing. */
  | { readonly kind: 'saved'; readonly lines: number; readonly format: ExportFormat; readonly missing: boolean }
  /** The first lines, as no more than `most` bytes fit. */
  | { readonly kind: 'full'; readonly lines: number; readonly most: number }
  | { readonly kind: 'cancelled' }
  | { readonly kind: 'failed'; readonly reason: string };

export function outcomeWords(outcome: Outcome): string {
  switch (outcome.kind) {
    case 'going':
      return t('logs:export.progress', { count: outcome.lines });
    case 'saved': {
      const saved = t('logs:export.saved', {
        count: outcome.lines,
        format: t(`logs:export.format.${outcome.format}`),
      });
      return outcome.missing ? `${saved}. ${t('logs:export.missing')}` : saved;
    }
    case 'full':
      return t('logs:export.full', { count: outcome.lines, size: bytes(outcome.most) });
    case 'cancelled':
      return t('logs:export.cancelled');
    case 'failed':
      return t('logs:export.failed', { reason: told(outcome.reason) });
  }
}
