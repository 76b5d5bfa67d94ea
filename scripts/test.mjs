import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { ensureBuild } from './lib/build.mjs';
import { ensureChromium } from './lib/chromium.mjs';
import { engineForTests } from './lib/engine.mjs';
import { endLeftProcesses, leftThings, runMark, testThings } from './lib/leftovers.mjs';
import { inRoot } from './lib/paths.mjs';
import { run } from './lib/run.mjs';
import { say, secondsSince, step } from './lib/say.mjs';
import { prepare } from './lib/setup.mjs';
import { countsOf } from './lib/test-report.mjs';
import { browserPart, deadlines, enginePart, parts, reportOf, runs } from './lib/test-runs.mjs';
import { main, misuse } from './lib/trouble.mjs';
import { down } from './testbed/down.mjs';
import { layout } from './testbed/layout.mjs';

const usage = `Usage: npm test -- [unit] [snapshots] [docker] [e2e] [--whole] [--keep]

  unit, snapshots,
  docker, e2e        run only these parts (default: all)
  --whole            run every spec on every host; else those of what is the same everywhere run on the web host only
  --keep             leave the testbed running when this command started it`;

const runId = `${process.pid}-${Date.now()}`;
const interruption = new AbortController();

const flag = { type: 'boolean', default: false };

function options() {
  let parsed;
  try {
    parsed = parseArgs({ options: { keep: flag, whole: flag }, allowPositionals: true });
  } catch (error) {
    throw misuse(error.message, usage);
  }
  const unknown = parsed.positionals.find((name) => !parts.includes(name));
  if (unknown) throw misuse(`There is no part "${unknown}".`, usage);
  const wanted = parsed.positionals.length > 0 ? parsed.positionals : parts;
  return { ...parsed.values, wanted };
}

async function runOne(entry, variables) {
  const { name, part, cwd, command } = entry;
  const start = performance.now();
  say(`\n== ${name}`);
  rmSync(reportOf(name), { force: true });
  const env = { ...process.env, ...variables, [runMark]: runId, PLAYWRIGHT_JSON_OUTPUT_FILE: reportOf(name) };
  const { code } = await run(...command, {
    cwd,
    env,
    echo: true,
    deadline: deadlines[part] * 1000,
    signal: interruption.signal,
  });
  const report = existsSync(reportOf(name)) ? JSON.parse(readFileSync(reportOf(name), 'utf8')) : undefined;
  return { name, seconds: secondsSince(start), ...countsOf(entry, report, code) };
}

/** What the tests left on the engine and on the machine, as a run of its own in the summary. */
async function cleanliness(endpoint, before) {
  const left = [...endLeftProcesses(runId), ...(endpoint ? await leftThings(endpoint, before) : [])];
  return { name: 'nothing left behind', passed: left.length === 0 ? 1 : 0, failed: left, skipped: [] };
}

function summarise(results) {
  say('');
  for (const { name, passed, failed, skipped, seconds } of results) {
    const counts = [
      `${passed} passed`,
      `${failed.length} failed`,
      ...(skipped.length > 0 ? [`${skipped.length} skipped`] : []),
    ];
    say(`  ${name.padEnd(20)}${counts.join(', ')}${seconds ? ` (${seconds})` : ''}`);
    for (const test of skipped) say(`      skipped: ${test}`);
    for (const test of failed) say(`      FAILED: ${test}`);
  }
  const passed = results.reduce((sum, each) => sum + each.passed, 0);
  const failed = results.reduce((sum, each) => sum + each.failed.length, 0);
  const line = `${passed} passed, ${failed} failed`;
  writeFileSync(inRoot('test-results', 'summary.txt'), `${line}\n`);
  process.stdout.write(`\n${line}\n`);
  return failed === 0 ? 0 : 1;
}

async function provide(wanted) {
  let engine = { env: {}, started: false };
  if (!wanted.some(enginePart)) return engine;
  await step('engine', async () => {
    engine = await engineForTests();
    return engine.note;
  });
  return engine;
}

async function runAll(wanted, { env, endpoint }) {
  const results = [];
  if (wanted.some(browserPart)) await step('chromium', ensureChromium, { quiet: true });
  if (endpoint || wanted.some(browserPart)) await step('build', ensureBuild, { quiet: true });
  const before = endpoint ? await testThings(endpoint) : new Map();
  for (const entry of runs.filter(({ part }) => wanted.includes(part))) {
    if (!interruption.signal.aborted) results.push(await runOne(entry, env));
  }
  results.push(await cleanliness(endpoint, before));
  if (interruption.signal.aborted)
    results.push({ name: 'interrupted', passed: 0, failed: ['the run was interrupted'], skipped: [] });
  return results;
}

await main(async () => {
  const { keep, whole, wanted } = options();
  if (whole) process.env['QUAYSIDE_WHOLE'] = 'true';
  await prepare();
  for (const name of ['SIGINT', 'SIGTERM']) process.on(name, () => interruption.abort());
  mkdirSync(inRoot('test-results'), { recursive: true });
  rmSync(inRoot('test-results', 'summary.txt'), { force: true });
  const engine = await provide(wanted);
  try {
    return summarise(await runAll(wanted, engine));
  } finally {
    if (engine.started && !keep) await down(layout());
  }
});
