import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { inRoot } from './lib/paths.mjs';
import { run } from './lib/run.mjs';
import { say } from './lib/say.mjs';
import { claims, fuzzed } from './lib/security-claims.mjs';
import { prepare } from './lib/setup.mjs';
import { tool } from './lib/tools.mjs';
import { main, misuse } from './lib/trouble.mjs';

const usage = `Usage: npm run security -- [--seconds N]

  --seconds N  how long each fuzz test searches (default: 60)`;

const reportFile = inRoot('test-results', 'security.json');
const fuzzFile = inRoot('test-results', 'fuzz.jsonl');

function secondsWanted() {
  try {
    const { values } = parseArgs({ options: { seconds: { type: 'string', default: '60' } } });
    const seconds = Number(values.seconds);
    if (Number.isInteger(seconds) && seconds > 0) return seconds;
  } catch (error) {
    throw misuse(error.message, usage);
  }
  throw misuse('--seconds takes a whole number above 0.', usage);
}

/** Runs test files and gives every test with whether it passed; what fails is shown. */
async function testsOf({ cwd, files, project = [] }, env = {}) {
  rmSync(reportFile, { force: true });
  const args = ['run', ...project, ...files, '--reporter=json', `--outputFile=${reportFile}`];
  const { stdout, stderr } = await run(...tool('vitest', ...args), { cwd, env: { ...process.env, ...env } });
  if (!existsSync(reportFile)) {
    process.stdout.write(`${stdout}${stderr}`);
    return [];
  }
  return JSON.parse(readFileSync(reportFile, 'utf8')).testResults.flatMap(({ name, message, assertionResults }) => [
    ...assertionResults.map(({ fullName, status, failureMessages }) => ({
      name: fullName,
      good: status === 'passed',
      why: failureMessages,
    })),
    ...(assertionResults.length === 0 ? [{ name, good: false, why: [message] }] : []),
  ]);
}

const row = (claim, figure) => say(`  ${claim.padEnd(50)} ${figure}`);

function judge(tests) {
  const bad = tests.filter(({ good }) => !good);
  for (const { name, why } of bad) say(`      FAILED: ${name}\n        ${String(why[0]).split('\n')[0]}`);
  return tests.length > 0 && bad.length === 0;
}

async function showClaim({ claim, word, tests: wanted, ...where }) {
  const tests = (await testsOf({ ...where, ...unit(where) })).filter(({ name }) => wanted.test(name));
  row(claim, `${tests.filter(({ good }) => good).length} of ${tests.length} ${word}`);
  return judge(tests);
}

const unit = ({ cwd }) => (cwd.endsWith('desktop') ? { project: ['--project', 'unit'] } : {});

async function showFuzz(seconds) {
  rmSync(fuzzFile, { force: true });
  const env = { QUAYSIDE_FUZZ_SECONDS: String(seconds), QUAYSIDE_FUZZ_REPORT: fuzzFile };
  const tests = await testsOf({ ...fuzzed, ...unit(fuzzed) }, env);
  const reports = existsSync(fuzzFile)
    ? readFileSync(fuzzFile, 'utf8')
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line))
    : [];
  for (const { name, runs, growth } of reports) {
    row(`fuzz: ${name}`, `${runs} in ${seconds} s, heap ${growth < 0 ? '' : '+'}${(growth / 2 ** 20).toFixed(1)} MiB`);
  }
  return judge(tests) && reports.length > 0;
}

await main(async () => {
  const seconds = secondsWanted();
  await prepare();
  mkdirSync(inRoot('test-results'), { recursive: true });
  let good = true;
  for (const claim of claims) good = (await showClaim(claim)) && good;
  good = (await showFuzz(seconds)) && good;
  say(good ? '\nEverything held.' : '\nNot everything held.');
  return good ? 0 : 1;
});
