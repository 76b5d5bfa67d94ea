import type { Provenance } from '#contract/index.ts';

const oci = 'org.opencontainers.image';
const own = 'dev.quayside';

/** Label that tells which data schemas an image can read: `MIN..MAX`, or one number. */
const schemaLabel = `${own}.schema`;

/** A label that is empty says nothing. */
const present = (text: string | undefined): string | undefined => (text === '' ? undefined : text);

/** Reads where an image comes from out of its labels. */
export function provenanceOf(labels: Readonly<Record<string, string>>, created?: string): Provenance {
  const entries = {
    version: labels[`${oci}.version`],
    revision: labels[`${oci}.revision`],
    source: labels[`${oci}.source`],
    created: present(labels[`${oci}.created`]) ?? created,
    subject: labels[`${own}.commit.subject`],
    author: labels[`${own}.commit.author`],
    run: labels[`${own}.ci.run`],
  };
  return Object.fromEntries(Object.entries(entries).filter(([, value]) => value !== undefined && value !== ''));
}

/** The range of data schemas that an image can read; undefined where it does not say. */
export function schemaRange(labels: Readonly<Record<string, string>>): { min: number; max: number } | undefined {
  const found = /^(\d+)(?:\.\.(\d+))?$/.exec(labels[schemaLabel]?.trim() ?? '');
  if (!found) return undefined;
  const min = Number(found[1]);
  return { min, max: Number(found[2] ?? found[1]) };
}
