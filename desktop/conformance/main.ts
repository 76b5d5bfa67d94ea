import type { Area } from './area.ts';
import { areas } from './areas.ts';
import { judge, type Judgement, unexpected } from './judge.ts';
import { mainReference, newerReference, type Reference } from './reference.ts';
import { atLeast } from './versions.ts';

/** Compares all areas, or those named, with the docker compose of this machine and, where there is one, a newer one. */

const say = (line: string): void => void process.stdout.write(`${line}\n`);

function chosen(names: readonly string[]): readonly Area[] {
  const unknown = names.find((name) => !areas.some((area) => area.name === name));
  if (unknown === undefined) return names.length === 0 ? areas : areas.filter(({ name }) => names.includes(name));
  process.stderr.write(`There is no area "${unknown}". There are: ${areas.map(({ name }) => name).join(', ')}\n`);
  process.exit(2);
}

function show({ area, agreed, total, disagreements }: Judgement, seconds: number): void {
  say(`  ${area.padEnd(16)}${String(agreed).padStart(5)}/${total} agreed  (${seconds.toFixed(1)} s)`);
  for (const { name, difference, known } of disagreements) {
    say(
      known === undefined
        ? `      DIFFERS ${name}: ${difference}`
        : `      differs ${name}, on purpose: ${known.because}`,
    );
  }
}

async function compareWith(reference: Reference, wanted: readonly Area[]): Promise<number> {
  say(`\ndocker compose ${reference.version}`);
  const judged: Judgement[] = [];
  for (const area of wanted) {
    if (area.since !== undefined && !atLeast(reference.version, area.since)) {
      say(`  ${area.name.padEnd(16)} not compared: docker compose has it from ${area.since} on`);
      continue;
    }
    const begun = performance.now();
    const judgement = await judge(area, reference);
    show(judgement, (performance.now() - begun) / 1000);
    judged.push(judgement);
  }
  const sum = (count: (one: Judgement) => number): number => judged.reduce((all, one) => all + count(one), 0);
  const failed = sum((one) => unexpected(one).length);
  const known = sum((one) => one.disagreements.length) - failed;
  say(`  ${'all'.padEnd(16)}${String(sum((one) => one.agreed)).padStart(5)}/${sum((one) => one.total)} agreed`);
  if (known > 0) say(`  ${known} differ on purpose; docs/compose-support.md lists them`);
  return failed;
}

const wanted = chosen(process.argv.slice(2));
const newer = await newerReference();
let failed = await compareWith(await mainReference(), wanted);
if (newer === undefined) say('\nNo newer docker compose was compared: it could not be had on this machine.');
else failed += await compareWith(newer, wanted);
if (failed > 0) {
  say(`\n${failed} disagree and should not.`);
  process.exitCode = 1;
}
