import { readdirSync, readFileSync } from 'node:fs';
import { registerHooks } from 'node:module';
import { describe, expect, test } from 'vitest';
import { inRoot } from './paths.mjs';
import { readWorkflow, rules } from './workflow-rules.mjs';

const files = readdirSync(inRoot('.github', 'workflows')).map((name) => ({
  name,
  text: readFileSync(inRoot('.github', 'workflows', name), 'utf8'),
}));

const sha = 'a'.repeat(40);
const good = `
name: ci-cd
on: { pull_request: , push: { branches: [main] } }
permissions: {}
concurrency: { group: x, cancel-in-progress: "\${{ github.event_name == 'pull_request' }}" }
jobs:
  test:
    runs-on: ubuntu-24.04
    timeout-minutes: 5
    permissions: { contents: read }
    container: node@sha256:${'b'.repeat(64)}
    steps:
      - uses: actions/checkout@${sha} # v1.2.3
        with: { persist-credentials: false }
      - env: { TITLE: "\${{ github.event.pull_request.title }}" }
        run: echo "$TITLE"
  deploy-production:
    runs-on: ubuntu-24.04
    timeout-minutes: 5
    environment: production
    concurrency: { group: y, cancel-in-progress: false }
    permissions: { contents: read }
    steps: [{ run: "true", env: { KEY: "\${{ secrets.KEY }}" } }]
  build:
    runs-on: ubuntu-24.04
    timeout-minutes: 5
    permissions: { packages: write }
    steps: [{ run: "true" }]
  publish:
    runs-on: ubuntu-24.04
    timeout-minutes: 5
    permissions: { packages: write, id-token: write, attestations: write, artifact-metadata: write }
    steps: [{ run: "true" }]
  promote:
    runs-on: ubuntu-24.04
    timeout-minutes: 5
    permissions: { packages: write }
    steps: [{ run: "true" }]
`;

/** By rule: what makes the good workflow a bad one. */
const bad = {
  pinned: [
    [`@${sha} # v1.2.3`, '@v1.2.3'],
    [' # v1.2.3', ''],
    [`@${sha}`, '@main'],
  ],
  pinnedImages: [[`node@sha256:${'b'.repeat(64)}`, 'node:24']],
  nothingByDefault: [
    ['permissions: {}', 'permissions: write-all'],
    ['permissions: {}\n', ''],
    ['permissions: {}', 'permissions: { contents: read }'],
  ],
  minimalJobs: [
    ['permissions: { contents: read }', 'permissions: { contents: write }'],
    ['    permissions: { contents: read }\n', ''],
    ['permissions: { packages: write }', 'permissions: { packages: read }'],
  ],
  harmlessTriggers: [
    ['pull_request: ,', 'pull_request_target: ,'],
    ['pull_request: ,', 'workflow_run: { workflows: [x] },'],
  ],
  noForeignText: [
    ['run: echo "$TITLE"', 'run: echo "${{ github.event.pull_request.title }}"'],
    ['run: echo "$TITLE"', 'run: echo "${{ github.head_ref }}"'],
  ],
  noExpressions: [['run: echo "$TITLE"', 'run: echo "${{ matrix.x }}"']],
  noCredentialsLeft: [
    ['persist-credentials: false', 'persist-credentials: true'],
    ['        with: { persist-credentials: false }\n', ''],
  ],
  timeouts: [['    timeout-minutes: 5\n', '']],
  noInheritance: [['    timeout-minutes: 5\n', '    timeout-minutes: 5\n    secrets: inherit\n']],
  secretsInEnvironments: [['    environment: production\n', '']],
  concurrency: [
    ['concurrency: { group: x,', 'concurrency: { gruop: x,'],
    [`cancel-in-progress: "\${{ github.event_name == 'pull_request' }}"`, 'cancel-in-progress: true'],
    ['{ group: y, cancel-in-progress: false }', '{ group: y, cancel-in-progress: true }'],
    ['    concurrency: { group: y, cancel-in-progress: false }\n', ''],
  ],
  deployEnvironments: [['    environment: production\n', '']],
  noSharedCache: [['run: echo "$TITLE"', 'run: docker build --cache-from type=gha .']],
};

describe.each(Object.entries(rules))('%s', (name, { name: words, check }) => {
  test(`${words}: so it is in every workflow`, () => {
    const broken = files.flatMap((file) => check(readWorkflow(file.text)).map((where) => `${file.name}: ${where}`));
    expect(broken).toEqual([]);
  });

  test('a workflow that keeps it passes, and each that breaks it is found', () => {
    expect(check(readWorkflow(good))).toEqual([]);
    expect(bad[name]?.length).toBeGreaterThan(0);
    for (const [from, to] of bad[name]) {
      const text = good.replace(from, to);
      expect(text, from).not.toBe(good);
      expect(check(readWorkflow(text)), to).not.toEqual([]);
    }
  });
});

/** GitHub's own parser. As it is published, Node does not load it: its imports of JSON lack the attribute that says so. */
async function githubParser() {
  const hooks = registerHooks({
    resolve(specifier, context, next) {
      const found = next(specifier, context);
      return specifier.endsWith('.json') ? { ...found, importAttributes: { type: 'json' } } : found;
    },
  });
  try {
    return await import('@actions/workflow-parser');
  } finally {
    hooks.deregister();
  }
}

async function errorsOf(name, content) {
  const { convertWorkflowTemplate, NoOperationTraceWriter, parseWorkflow } = await githubParser();
  const { context, value } = parseWorkflow({ name, content }, new NoOperationTraceWriter());
  if (value) await convertWorkflowTemplate(context, value);
  return context.errors.getErrors().map(({ message }) => message);
}

describe("GitHub's own parser", () => {
  test.each(files)('has nothing against $name', async ({ name, text }) => {
    expect(await errorsOf(name, text)).toEqual([]);
  });

  test.each([
    ['a job that does not exist', 'timeout-minutes: 5', 'needs: [tset]\n    timeout-minutes: 5'],
    ['a key that does not exist', 'timeout-minutes: 5', 'timeout-minuts: 5'],
    ['a permission that does not exist', '{ contents: read }', '{ contents: raed }'],
    ['an event that does not exist', 'pull_request: ,', 'pull_requst: ,'],
    ['an expression that cannot be read', 'github.event.pull_request.title }}', 'github.event.pull_request.title | }}'],
  ])('finds %s', async (_what, from, to) => {
    expect(await errorsOf('good.yml', good)).toEqual([]);
    expect(await errorsOf('bad.yml', good.replace(from, to))).not.toEqual([]);
  });
});
