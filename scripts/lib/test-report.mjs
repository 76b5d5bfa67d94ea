import { stripVTControlCharacters } from 'node:util';

const reasonLines = 8;

/** One failed test in words: its name, and below it the first lines of why, so that a summary alone tells what happened. */
function failure(name, messages = []) {
  const lines = stripVTControlCharacters(messages.join('\n'))
    .split('\n')
    .filter((line) => line.trim() !== '');
  return [name, ...lines.slice(0, reasonLines).map((line) => `        ${line}`)].join('\n');
}

/** Counts of one run: `passed` (a number), `failed` (the tests' names with reasons) and `skipped` (names). */
const tally = (tests, extra = []) => ({
  passed: tests.filter(({ state }) => state === 'passed').length,
  failed: [
    ...tests.filter(({ state }) => state === 'failed').map(({ name, messages }) => failure(name, messages)),
    ...extra,
  ],
  skipped: tests.filter(({ state }) => state === 'skipped').map(({ name }) => name),
});

const stateOf = (status) => (['passed', 'failed'].includes(status) ? status : 'skipped');

/** Reads vitest's JSON report. A file that could not even be loaded counts as one failed test. */
export function readVitest({ testResults }) {
  const tests = testResults.flatMap(({ assertionResults }) =>
    assertionResults.map(({ status, fullName, failureMessages }) => ({
      name: fullName,
      state: stateOf(status),
      messages: failureMessages,
    })),
  );
  const broken = testResults.filter(
    ({ status, assertionResults }) => status === 'failed' && !assertionResults.some((test) => test.status === 'failed'),
  );
  return tally(
    tests,
    broken.map(({ name, message }) => failure(name, message === undefined ? [] : [message])),
  );
}

const specsOf = ({ suites = [], specs = [] }) => [...specs, ...suites.flatMap(specsOf)];
const outcomes = { expected: 'passed', flaky: 'passed', unexpected: 'failed', skipped: 'skipped' };

/** Reads Playwright's JSON report; errors outside any test count as failed tests. */
export function readPlaywright({ suites, errors = [] }) {
  const tests = specsOf({ suites }).flatMap(({ title, tests: projects }) =>
    projects.map(({ status, projectName, results = [] }) => ({
      name: `${projectName}: ${title}`,
      state: outcomes[status] ?? 'failed',
      messages: results.flatMap(({ errors: found = [] }) => found.map(({ message }) => String(message))),
    })),
  );
  return tally(
    tests,
    errors.map(({ message }) => String(message).split('\n')[0]),
  );
}

/** One run's counts from its report (undefined when it left none) and its exit code, so that nothing fails unseen. */
export function countsOf({ kind, name }, report, code) {
  const end = code === 124 ? 'did not end in time' : `ended with exit ${code}`;
  const counts = report ? { vitest: readVitest, playwright: readPlaywright }[kind](report) : tally([]);
  if (counts.passed + counts.failed.length + counts.skipped.length === 0)
    counts.failed.push(`${name} ran no test and ${end}`);
  else if (code !== 0 && counts.failed.length === 0) counts.failed.push(`${name} ${end}`);
  return counts;
}
