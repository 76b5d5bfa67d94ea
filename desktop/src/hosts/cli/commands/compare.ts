import type { Command } from 'commander';
import type { Provenance, ReleaseComparison } from '#contract/index.ts';
import { printable } from '#kit/printable.ts';
import { exitStatus } from '../exit-status.ts';
import type { Output } from '../output.ts';
import type { Register } from '../program.ts';

/** `releases compare A [B]`: what going from one release to another changes; one name alone is compared with what runs. */
export function addCompare(releases: Command, register: Register): void {
  const command = releases
    .command('compare')
    .description('what going from one release to another changes: images, variables, configuration, commits')
    .argument('<release>', 'version or id; alone, it is what would be gone to')
    .argument('[to]', 'version or id, also of a version that is only in the registry');
  register(command, async (session) => {
    const [one = '', other] = command.args;
    const environment = await session.environment();
    const wanted = other === undefined ? { to: one } : { from: one, to: other };
    const comparison = await session.client.releases.compare({ environment, ...wanted });
    for (const line of linesOf(comparison, session.output)) session.output.line(line);
    session.output.result(true, { comparison });
    return exitStatus.done;
  });
}

function linesOf(found: ReleaseComparison, output: Output): string[] {
  const { from, to, services, images, variables, settings, commits } = found;
  const part = (title: string, lines: readonly string[]): string[] =>
    lines.length === 0 ? [] : [output.paint('bold', title), ...lines.map((line) => `  ${printable(line)}`)];
  const change = (before: string | undefined, after: string | undefined): string =>
    `${before ?? '(none)'} -> ${after ?? '(none)'}`;
  const changes = [
    ...part('commits gained', commits.gained.map(commitLine)),
    ...part('commits lost', commits.lost.map(commitLine)),
    ...part('services added', services.added),
    ...part('services removed', services.removed),
    ...part(
      'images',
      images.map((image) => `${image.service}: ${change(imageWords(image.from), imageWords(image.to))}`),
    ),
    ...part(
      'variables',
      variables.map((one) => `${one.service} ${one.name}: ${change(one.from, one.to)}`),
    ),
    ...part(
      'configuration',
      settings.map((one) => `${one.path}: ${change(one.from, one.to)}`),
    ),
  ];
  const head = `from ${from.version} to ${to.version}`;
  return [head, ...(changes.length === 0 ? ['They do not differ.'] : changes)];
}

function commitLine({ subject = '', revision = '', author }: Provenance): string {
  const words = [revision.slice(0, 12), subject].filter((word) => word !== '').join(' ');
  return author === undefined ? words : `${words} (${author})`;
}

type Image = ReleaseComparison['images'][number]['from'];

function imageWords(image: Image): string | undefined {
  if (image === undefined) return undefined;
  const { version, revision, digest } = image;
  const known = [version, revision?.slice(0, 12), digest?.slice(0, 19)].filter((word) => word !== undefined);
  return known.length === 0 ? image.image : known.join(' ');
}
