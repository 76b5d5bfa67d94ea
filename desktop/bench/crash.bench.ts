import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import type { ReleaseProject } from '#testing/release-project.ts';
import { median, report } from './support/measure.ts';
import { faultOf, mustRun, panelOn, twoVersions } from './support/two-versions.ts';

/**
 * Kills a rollback at every point it passes, and lets the next start put it right. Each time exactly the old or exactly the new
 * version has to run and be served. Five times each, or QUAYSIDE_BENCH_REPEATS; with QUAYSIDE_BENCH_WRITE the table in
 * docs/reliability.md is written anew.
 */
const repeats = Number(process.env['QUAYSIDE_BENCH_REPEATS'] ?? 5);
const quick = ['--window', '0'];
const versions = { old: '1.1.0', new: '1.0.0' } as const;

/** The part of a line of --json that matters here. */
const told = z.object({ step: z.string().optional(), state: z.string().optional(), stage: z.string().optional() });

interface Point {
  readonly name: string;
  readonly ends: string[];
  readonly faults: string[];
  readonly seconds: number[];
}

/** Every point of a rollback, in order, as one that goes well tells them. */
async function pointsOf(stack: ReleaseProject): Promise<string[]> {
  const { status, out, err } = await stack.run(['--json', 'rollback', versions.new, ...quick]);
  if (status !== 0) throw new Error(err);
  const lines = out.split('\n').flatMap((line) => (line === '' ? [] : [told.parse(JSON.parse(line))]));
  const settling = lines.findIndex(({ stage }) => stage === 'settle');
  if (settling < 0) throw new Error('the rollback told nothing of tidying up');
  const steps = (some: typeof lines): string[] =>
    some.flatMap(({ step, state }) => (step !== undefined && state === 'done' ? [step] : []));
  await mustRun(stack, ['rollback', versions.old, ...quick]);
  return [
    ...['locked', 'pulled', 'recorded', ...steps(lines.slice(0, settling))],
    ...['proved', 'committed', ...steps(lines.slice(settling))],
  ];
}

/** Kills a rollback there, starts again, and looks from outside. */
async function crashAt(stack: ReleaseProject, point: Point): Promise<void> {
  const { status, err } = await stack.run(['rollback', versions.new, ...quick], { QUAYSIDE_CRASH_AT: point.name });
  if (status !== null) throw new Error(`${point.name} was not passed (${String(status)}): ${err}`);
  const panel = panelOn(stack);
  const begun = performance.now();
  try {
    await panel.releases.recover('default');
  } finally {
    await panel.dispose();
  }
  point.seconds.push((performance.now() - begun) / 1000);
  const asOld = await faultOf(stack, versions.old);
  const asNew = asOld === undefined ? undefined : await faultOf(stack, versions.new);
  if (asOld === undefined) point.ends.push('the old');
  else if (asNew === undefined) point.ends.push('the new');
  else point.faults.push(asOld);
  if (asOld !== undefined) await mustRun(stack, ['rollback', versions.old, ...quick]);
}

function table(points: readonly Point[], project: string): string {
  const rows = points.map(({ name, ends, seconds }) => {
    const where = name.replaceAll(project, 'PROJECT');
    const runs = [...new Set(ends)].join(' or ');
    return `| \`${where}\` | ${ends.length} of ${repeats} | ${runs} | ${median(seconds).toFixed(1)} | ${Math.max(...seconds).toFixed(1)} |`;
  });
  return ['| killed after | right | runs then | median, s | longest, s |', '|---|---|---|---|---|', ...rows].join('\n');
}

async function writeTable(text: string): Promise<void> {
  const file = join(import.meta.dirname, '../../docs/reliability.md');
  const before = await readFile(file, 'utf8');
  const date = new Date().toISOString().slice(0, 10);
  const part = `<!-- crash points -->\nMeasured on ${date}.\n\n${text}\n<!-- end -->`;
  await writeFile(
    file,
    before.replace(/<!-- crash points -->[^]*?<!-- end -->/, () => part),
  );
}

const stack = await twoVersions();
try {
  const points: Point[] = (await pointsOf(stack)).map((name) => ({ name, ends: [], faults: [], seconds: [] }));
  for (const point of points) {
    for (let repeat = 0; repeat < repeats; repeat += 1) await crashAt(stack, point);
    process.stdout.write(`     ${point.name}: ${[...point.ends, ...point.faults].join(', ')}\n`);
  }
  const text = table(points, stack.project.name);
  process.stdout.write(`${text}\n`);
  const wrong = points.reduce((sum, { faults }) => sum + faults.length, 0);
  report(`wrong end states over ${points.length} crash points x ${repeats}`, wrong, 0, 'states');
  if (process.env['QUAYSIDE_BENCH_WRITE'] !== undefined) await writeTable(text);
} finally {
  await stack.remove();
}
