import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { inRoot } from './paths.mjs';
import { run } from './run.mjs';
import { countsOf, readPlaywright, readVitest } from './test-report.mjs';
import { tool } from './tools.mjs';

const files = {
  'a.test.mjs': `import { test } from 'vitest';
    test('good', () => {}); test('bad', () => { throw new Error('no'); }); test.skip('later', () => {}); test.todo('some day');`,
  'b.test.mjs': `import { test } from 'vitest'; throw new Error('broken file'); test('never', () => {});`,
};

/** A real report of the installed vitest. */
async function vitestReport() {
  mkdirSync(inRoot('test-results'), { recursive: true });
  const folder = mkdtempSync(inRoot('test-results', 'report-'));
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
  const args = ['run', '--root', folder, '--reporter=json', `--outputFile=${join(folder, 'report.json')}`];
  const { code } = await run(...tool('vitest', ...args));
  const report = JSON.parse(readFileSync(join(folder, 'report.json'), 'utf8'));
  rmSync(folder, { recursive: true });
  return { code, report };
}

test('vitest: passed, failed and skipped tests, and a file that cannot be loaded', async () => {
  const { code, report } = await vitestReport();
  const counts = countsOf({ kind: 'vitest', name: 'x' }, report, code);
  expect(counts.passed).toBe(1);
  expect(counts.failed).toEqual([
    expect.stringMatching(/^bad\n {8}Error: no\n {8} +at .*a\.test\.mjs/),
    expect.stringMatching(/^\S*b\.test\.mjs\n {8}broken file/),
  ]);
  expect(counts.skipped).toEqual(['later', 'some day']);
}, 60_000);

test('playwright: nested suites, projects, flaky tests and errors outside tests', () => {
  const results = [{ errors: [{ message: 'Error: \u001b[31mno such button\u001b[39m\n\n  at y' }] }];
  const spec = (title, ...statuses) => ({
    title,
    tests: statuses.map((status) => ({
      status,
      projectName: 'web',
      ...(status === 'unexpected' && { results }),
    })),
  });
  const suites = [
    {
      specs: [spec('one', 'expected')],
      suites: [{ specs: [spec('two', 'unexpected', 'flaky'), spec('three', 'skipped')] }],
    },
  ];
  expect(readPlaywright({ suites, errors: [{ message: 'Error: no server\n  at x' }] })).toEqual({
    passed: 2,
    failed: ['web: two\n        Error: no such button\n          at y', 'Error: no server'],
    skipped: ['web: three'],
  });
});

test('a run without a report, without tests, or with a bad exit never counts as good', () => {
  const entry = { kind: 'vitest', name: 'unit' };
  const good = { testResults: [{ status: 'passed', assertionResults: [{ status: 'passed', fullName: 'x' }] }] };
  expect(countsOf(entry, undefined, 1).failed).toEqual(['unit ran no test and ended with exit 1']);
  expect(countsOf(entry, { testResults: [] }, 0).failed).toEqual(['unit ran no test and ended with exit 0']);
  expect(countsOf(entry, good, 1).failed).toEqual(['unit ended with exit 1']);
  expect(countsOf(entry, good, 124).failed).toEqual(['unit did not end in time']);
  expect(countsOf(entry, good, 0)).toEqual({ passed: 1, failed: [], skipped: [] });
  expect(readVitest(good).failed).toEqual([]);
});
