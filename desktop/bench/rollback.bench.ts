import { docker } from '#testing/docker-cli.ts';
import type { ReleaseProject } from '#testing/release-project.ts';
import { median, report } from './support/measure.ts';
import { startTraffic } from './support/traffic.ts';
import { faultOf, panelOn, rollBack, twoVersions } from './support/two-versions.ts';

/**
 * From the click to "verified", and the requests lost meanwhile: a running panel against a script of docker compose (down, the
 * names pointed at the old images, up, wait until healthy), by turns on the same stack. Like the shop, it has an inner service
 * that is waited for, and the one in front that customers reach.
 */
const rounds = Number(process.env['QUAYSIDE_BENCH_REPEATS'] ?? 5);

interface Round {
  readonly seconds: number;
  readonly lost: number;
}

async function measured(url: string, work: () => Promise<void>): Promise<Round> {
  const traffic = startTraffic(url);
  const begun = performance.now();
  await work();
  const seconds = (performance.now() - begun) / 1000;
  return { seconds, lost: (await traffic.stop()).lost };
}

async function script(stack: ReleaseProject, version: string): Promise<void> {
  await stack.project.compose('down');
  for (const [service, digest] of Object.entries(stack.digests(version))) {
    const image = stack.image(service);
    await docker(['tag', `${image}@${String(digest)}`, `${image}:1.0.0`]);
  }
  await stack.project.compose('up', '-d', '--wait');
}

const stack = await twoVersions('page');
const panel = panelOn(stack);

async function ours(version: string): Promise<void> {
  const end = await rollBack(panel, version);
  if (end !== 'done') throw new Error(`the rollback ended with ${end}`);
}

try {
  const all: Record<'ours' | 'script', Round[]> = { ours: [], script: [] };
  for (let round = 0; round < rounds; round += 1) {
    for (const [kind, way] of [
      ['script', () => script(stack, '1.0.0')],
      ['ours', () => ours('1.0.0')],
    ] as const) {
      all[kind].push(await measured(stack.url, way));
      const fault = await faultOf(stack, '1.0.0');
      if (fault !== undefined) throw new Error(`after ${kind}, ${fault}`);
      await ours('1.1.0');
    }
  }
  for (const [what, of, budget, unit] of [
    ['rollback, click to verified', 'seconds', 0.5, 's'],
    ['requests lost during it, at 50 a second', 'lost', 0.25, 'requests'],
  ] as const) {
    const [mine, theirs] = [median(all.ours.map((one) => one[of])), median(all.script.map((one) => one[of]))];
    report(
      `${what} / script of docker compose`,
      mine / theirs,
      budget,
      'x',
      `${mine.toFixed(1)} against ${theirs.toFixed(1)} ${unit}`,
    );
  }
} finally {
  await panel.dispose();
  await stack.remove();
}
