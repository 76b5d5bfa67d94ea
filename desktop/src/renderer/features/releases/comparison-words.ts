import type { Provenance, ReleaseComparison } from '#contract/index.ts';
import { plainText } from '#ui/plain-text.ts';
import { t } from '#words/index.ts';

interface Line {
  what: string;
  from?: string | undefined;
  to?: string | undefined;
}

/** A part of a comparison that has something to tell. */
export interface ComparisonPart {
  title: string;
  lines: readonly Line[];
}

type Image = ReleaseComparison['images'][number]['from'];

function imageWords(image: Image): string | undefined {
  if (image === undefined) return undefined;
  const { version, revision, digest } = image;
  const known = [version, revision?.slice(0, 7), digest?.slice(0, 19)].filter((word) => word !== undefined);
  return plainText(known.length === 0 ? image.image : known.join(' · '));
}

const commitLine = ({ subject, revision = '', author }: Provenance): Line => ({
  what: plainText([revision.slice(0, 7), subject ?? '', author ?? ''].filter((word) => word !== '').join(' · ')),
});

const shown = (text: string | undefined): string | undefined => (text === undefined ? undefined : plainText(text));

/** The parts that differ, in the order in which people look for them. All text is anybody's, and made harmless. */
export function comparisonParts(found: ReleaseComparison): readonly ComparisonPart[] {
  const { services, images, variables, settings, commits } = found;
  const parts = [
    { title: t('releases:comparison.part.commitsGained'), lines: commits.gained.map(commitLine) },
    { title: t('releases:comparison.part.commitsLost'), lines: commits.lost.map(commitLine) },
    { title: t('releases:comparison.part.servicesAdded'), lines: services.added.map((what) => ({ what })) },
    { title: t('releases:comparison.part.servicesRemoved'), lines: services.removed.map((what) => ({ what })) },
    {
      title: t('releases:comparison.part.images'),
      lines: images.map(({ service, from, to }) => ({ what: service, from: imageWords(from), to: imageWords(to) })),
    },
    {
      title: t('releases:comparison.part.variables'),
      lines: variables.map(({ service, name, from, to }) => ({
        what: plainText(`${service} ${name}`),
        from: shown(from),
        to: shown(to),
      })),
    },
    {
      title: t('releases:comparison.part.configuration'),
      lines: settings.map(({ path, from, to }) => ({ what: plainText(path), from: shown(from), to: shown(to) })),
    },
  ];
  return parts.filter(({ lines }) => lines.length > 0);
}

/** `2 images, 3 variables`, or that nothing differs. */
export function sentenceOf({ services, images, variables, settings, commits }: ReleaseComparison): string {
  const counts = [
    ['commitsGained', commits.gained.length],
    ['commitsLost', commits.lost.length],
    ['services', services.added.length + services.removed.length],
    ['images', images.length],
    ['variables', variables.length],
    ['settings', settings.length],
  ] as const;
  const words = counts
    .filter(([, count]) => count > 0)
    .map(([what, count]) => t(`releases:comparison.${what}`, { count }));
  return words.length === 0 ? t('releases:comparison.nothingDiffers') : words.join(', ');
}
