import { parse } from 'yaml';

/**
 * What every workflow of this repository has to keep. Each rule takes a parsed workflow with its text and returns one sentence
 * for every place where it is broken.
 */
const writeScopes = {
  // Who may write what, by the name of the job; everybody else reads.
  'ci-cd': {
    build: ['packages'],
    publish: ['packages', 'id-token', 'attestations', 'artifact-metadata'],
    promote: ['packages'],
  },
  'desktop-release': {
    draft: ['contents'],
    package: ['contents', 'id-token', 'attestations', 'artifact-metadata'],
    verify: ['contents'],
  },
};

const jobsOf = ({ workflow }) => Object.entries(workflow.jobs ?? {});
const stepsOf = (file) =>
  jobsOf(file).flatMap(([id, job]) =>
    (job.steps ?? []).map((step, index) => ({ where: `${id}, step ${index + 1}`, step, job })),
  );
const triggersOf = ({ workflow: { on } }) =>
  typeof on === 'string' ? [on] : Array.isArray(on) ? on : Object.keys(on ?? {});
const isDeploy = (id) => id.startsWith('deploy');
/** What somebody from outside decides: texts of events and names of branches. */
const foreign = /\$\{\{[^}]*\b(github\.(event\b(?!_name)|head_ref|ref_name|base_ref|actor)|inputs\.)/;

const pinned = {
  name: 'actions are pinned by commit, with their version beside it',
  check: ({ text }) =>
    [...text.matchAll(/^\s*(?:-\s+)?uses:\s*(.*)$/gm)]
      .map(([, use]) => use)
      .filter((use) => !use.startsWith('./') && !/^[\w.-]+\/[\w./-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/.test(use)),
};

const pinnedImages = {
  name: 'images of jobs and services are pinned by digest',
  check: (file) =>
    jobsOf(file).flatMap(([id, { container, services = {} }]) =>
      [container, ...Object.values(services)]
        .map((one) => (typeof one === 'string' ? one : one?.image))
        .filter((image) => image && !/@sha256:[0-9a-f]{64}$/.test(image))
        .map((image) => `${id}: ${image}`),
    ),
};

const nothingByDefault = {
  name: 'a workflow may do nothing by itself',
  check: ({ workflow: { permissions } }) =>
    typeof permissions === 'object' && permissions !== null && Object.keys(permissions).length === 0
      ? []
      : [`permissions: ${JSON.stringify(permissions)}`],
};

const minimalJobs = {
  name: 'a job writes only what it is listed for',
  check: (file) =>
    jobsOf(file).flatMap(([id, { permissions }]) => {
      if (typeof permissions !== 'object' || permissions === null) return [`${id}: lists no permissions`];
      const may = writeScopes[file.workflow.name]?.[id] ?? [];
      const writes = Object.keys(permissions).filter((scope) => permissions[scope] !== 'read');
      return [
        ...writes.filter((scope) => !may.includes(scope)).map((scope) => `${id}: writes ${scope}`),
        ...may
          .filter((scope) => !writes.includes(scope))
          .map((scope) => `${id}: is listed for ${scope} and does not write it`),
      ];
    }),
};

const harmlessTriggers = {
  name: 'nothing runs with rights on the code of strangers',
  check: (file) =>
    triggersOf(file).filter((name) => ['pull_request_target', 'workflow_run', 'issue_comment'].includes(name)),
};

const noForeignText = {
  name: 'no text from outside is put into a script',
  check: (file) => stepsOf(file).flatMap(({ where, step }) => (foreign.test(step.run ?? '') ? [where] : [])),
};

const noExpressions = {
  name: 'scripts take values from the environment',
  check: (file) => stepsOf(file).flatMap(({ where, step }) => (/\$\{\{/.test(step.run ?? '') ? [where] : [])),
};

const noCredentialsLeft = {
  name: 'a checkout leaves no credentials behind',
  check: (file) =>
    stepsOf(file)
      .filter(({ step }) => step.uses?.startsWith('actions/checkout@') && step.with?.['persist-credentials'] !== false)
      .map(({ where }) => where),
};

const timeouts = {
  name: 'every job has an end',
  check: (file) => jobsOf(file).flatMap(([id, job]) => (Number.isInteger(job['timeout-minutes']) ? [] : [id])),
};

const noInheritance = {
  name: 'secrets are named, never inherited',
  check: (file) => jobsOf(file).flatMap(([id, job]) => (job.secrets === 'inherit' ? [id] : [])),
};

const secretsInEnvironments = {
  name: 'secrets belong to an environment, so that no pull request meets them',
  check: (file) =>
    jobsOf(file)
      .filter(([, job]) => job.environment === undefined && /\$\{\{[^}]*\bsecrets\b/.test(JSON.stringify(job)))
      .map(([id]) => id),
};

const concurrency = {
  name: 'what is out of date is cancelled, but never a deployment',
  check: (file) => [
    ...(file.workflow.concurrency?.group ? [] : ['the workflow has no concurrency group']),
    // Cancelling the workflow would cancel its deployments with it.
    ...(file.workflow.concurrency?.['cancel-in-progress'] === true ? ['the workflow cancels every run'] : []),
    ...jobsOf(file)
      .filter(
        ([id, job]) => isDeploy(id) && !(job.concurrency?.group && job.concurrency['cancel-in-progress'] === false),
      )
      .map(([id]) => id),
  ],
};

const deployEnvironments = {
  name: 'a deployment belongs to an environment, where approval is asked for',
  check: (file) => jobsOf(file).flatMap(([id, job]) => (isDeploy(id) && !job.environment ? [id] : [])),
};

const noSharedCache = {
  name: 'nothing that is released comes out of a cache that pull requests can write',
  check: ({ text }) =>
    [...text.matchAll(/type=gha|uses:\s*actions\/cache|^\s*cache:/gm)].map(([found]) => found.trim()),
};

export const rules = {
  pinned,
  pinnedImages,
  nothingByDefault,
  minimalJobs,
  harmlessTriggers,
  noForeignText,
  noExpressions,
  noCredentialsLeft,
  timeouts,
  noInheritance,
  secretsInEnvironments,
  concurrency,
  deployEnvironments,
  noSharedCache,
};

/** Reads the text of a workflow for the rules. */
export const readWorkflow = (text) => ({ text, workflow: parse(text) });
