import type { Provenance, ReleaseComparison } from '#contract/index.ts';
import { counted } from '#ui/format.ts';
import { plainText } from '#ui/plain-text.ts';

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
    { title: 'Commits gained', lines: commits.gained.map(commitLine) },
    { title: 'Commits lost', lines: commits.lost.map(commitLine) },
    { title: 'Services added', lines: services.added.map((what) => ({ what })) },
    { title: 'Services removed', lines: services.removed.map((what) => ({ what })) },
    {
      title: 'Images',
      lines: images.map(({ service, from, to }) => ({ what: service, from: imageWords(from), to: imageWords(to) })),
    },
    {
      title: 'Variables',
      lines: variables.map(({ service, name, from, to }) => ({
        what: plainText(`${service} ${name}`),
        from: shown(from),
        to: shown(to),
      })),
    },
    {
      title: 'Configuration',
      lines: settings.map(({ path, from, to }) => ({ what: plainText(path), from: shown(from), to: shown(to) })),
    },
  ];
  return parts.filter(({ lines }) => lines.length > 0);
}

/** `2 images, 3 variables`, or that nothing differs. */
export function sentenceOf({ services, images, variables, settings, commits }: ReleaseComparison): string {
  const counts = [
    [commits.gained.length, 'commit gained', 'commits gained'],
    [commits.lost.length, 'commit lost', 'commits lost'],
    [services.added.length + services.removed.length, 'service', 'services'],
    [images.length, 'image', 'images'],
    [variables.length, 'variable', 'variables'],
    [settings.length, 'setting', 'settings'],
  ] as const;
  const words = counts.filter(([count]) => count > 0).map(([count, one, many]) => counted(count, one, many));
  return words.length === 0 ? 'nothing differs' : words.join(', ');
}
