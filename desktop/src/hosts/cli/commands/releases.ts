import { type Command, InvalidArgumentError } from 'commander';
import { type Action, action, type Release, type RemoteRelease } from '#contract/index.ts';
import { localTime, localTimes } from '#kit/local-time.ts';
import { printable } from '#kit/printable.ts';
import { agreeToRisks } from '../agree-to-risks.ts';
import { exitStatus } from '../exit-status.ts';
import { runAction } from '../follow-operation.ts';
import { seconds } from '../option-values.ts';
import type { Output } from '../output.ts';
import type { Register } from '../program.ts';
import type { Session } from '../session.ts';
import { addCompare } from './compare.ts';
import { showPlan } from './plan.ts';
import { trustWords } from './trust-words.ts';
import { addRiskOption } from './up-options.ts';

/** Adds the verbs about releases: releases, history, deploy, rollback, verify. */
export function addReleases(program: Command, register: Register): void {
  addList(program, register);
  addDeploy(program, register);
  addRollback(program, register);
  addVerify(program, register);
}

function addList(program: Command, register: Register): void {
  const list = program
    .command('releases')
    .description('list the releases of this environment, and whether each could be rolled back to now')
    .option('--remote', 'list the versions in the registry instead');
  register(list, async (session) => {
    const environment = await session.environment();
    if (list.opts<{ remote?: true }>().remote === true) return showRemote(session, environment);
    return showReleases(session, environment);
  });
  addCompare(list, register);
  const history = program
    .command('history')
    .description('list every deploy and rollback, how it ended, and who did it');
  register(history, async (session) => {
    const releases = await session.client.releases.list({ environment: await session.environment() });
    if (releases.length === 0) session.output.line('Nothing was deployed yet.');
    table(session.output, ['STARTED', 'WHAT', 'VERSION', 'OUTCOME', 'BY'], releases.map(historyRow));
    session.output.result(true, { releases });
    return exitStatus.done;
  });
}

function addDeploy(program: Command, register: Register): void {
  const command = program
    .command('deploy')
    .description('deploy a version that CI has pushed; what ran before comes back if it does not get healthy')
    .argument('[version]', 'the version, which is the tag of its images')
    .option('--digest <service=digest...>', 'an image by its digest, repeatable', digests);
  addCommon(command);
  addRiskOption(command);
  register(command, async (session) => {
    const [version] = command.args;
    const { digest, ...options } = command.opts<CommonOptions & { digest?: Record<string, string> }>();
    const chosen = {
      ...(version === undefined ? {} : { version }),
      ...(digest === undefined ? {} : { digests: digest }),
    };
    if (version === undefined && digest === undefined) {
      session.output.problem({ code: 'USAGE', message: 'Name a version, or images with --digest SERVICE=sha256:….' });
      session.output.result(false, { problem: { code: 'USAGE', message: 'no version was named' } });
      return exitStatus.usage;
    }
    return carryOut(session, { verb: 'deploy', ...chosen }, options);
  });
}

function addRollback(program: Command, register: Register): void {
  const command = program
    .command('rollback')
    .description('bring an earlier release back as a whole: images, configuration and environment')
    .argument('[release]', 'version or id of the release; default: the one before');
  addCommon(command);
  register(command, async (session) => {
    const [release] = command.args;
    return carryOut(
      session,
      { verb: 'rollback', ...(release === undefined ? {} : { release }) },
      command.opts<CommonOptions>(),
    );
  });
}

function addVerify(program: Command, register: Register): void {
  const command = program.command('verify').description('read back what runs, and compare it with the current release');
  register(command, async ({ client, output, ...session }) => {
    const proof = await client.releases.verify({ environment: await session.environment() });
    for (const { service, ok, reason } of proof.services) {
      output.line(
        `${ok ? output.paint('ok', 'ok  ') : output.paint('bad', 'fail')} ${service}${reason === undefined ? '' : `: ${printable(reason)}`}`,
      );
    }
    output.line(localTimes(proof.sentence));
    output.result(proof.ok, { verification: proof });
    return proof.ok ? exitStatus.done : exitStatus.failed;
  });
}

interface CommonOptions {
  readonly dryRun?: true;
  readonly window?: number;
  readonly acceptSchema?: true;
  readonly breakLock?: true;
  readonly allowRisk?: string[];
}

function addCommon(command: Command): void {
  command
    .option('--dry-run', 'show the plan and change nothing')
    .option('--window <seconds>', 'how long everything has to stay healthy before it counts as done', seconds)
    .option('--accept-schema', 'go on although the data does not fit the images')
    .option('--break-lock', 'take the lock from a holder that is stale');
}

async function carryOut(
  session: Session,
  wish: Partial<Action> & Pick<Action, 'verb'>,
  options: CommonOptions,
): Promise<number> {
  const { dryRun, allowRisk: allowRisks, ...rest } = options;
  const environment = await session.environment();
  const wanted = action.parse({ ...wish, ...rest, allowRisks });
  if (dryRun !== true) {
    const agreed = wanted.verb === 'deploy' ? await agreeToRisks(session, environment, wanted) : wanted;
    return runAction(session, environment, agreed);
  }
  const plan = await session.client.stack.plan({ environment, action: wanted });
  showPlan(session.output, plan);
  const chosen = await chosenRelease(session, environment, wanted);
  if (chosen?.readiness) session.output.line(lightLine(session.output, chosen));
  session.output.result(true, { plan, ...(chosen?.readiness ? { readiness: chosen.readiness } : {}) });
  return exitStatus.done;
}

/** The release that a rollback would bring back, for its readiness. */
async function chosenRelease(
  { client }: Session,
  environment: string,
  { verb, release }: Action,
): Promise<Release | undefined> {
  if (verb !== 'rollback') return undefined;
  const releases = await client.releases.list({ environment });
  return releases.find(({ id, version }) => id === release || version === release);
}

async function showReleases({ client, output }: Session, environment: string): Promise<number> {
  const releases = await client.releases.list({ environment });
  if (releases.length === 0)
    output.line('Nothing was deployed yet. quayside releases --remote lists what the registry has.');
  for (const release of releases) output.line(lightLine(output, release));
  output.result(true, { releases });
  return exitStatus.done;
}

async function showRemote({ client, output }: Session, environment: string): Promise<number> {
  const remote = await client.releases.remote({ environment });
  if (remote.releases.length === 0) output.line('The registry has no version of these images.');
  table(output, ['VERSION', 'BUILT', 'COMMIT', 'AUTHOR', 'SIGNED', 'ALSO', ''], remote.releases.map(remoteRow));
  if (remote.more > 0) output.line(`${remote.more} older versions are not shown.`);
  if (remote.others.length > 0)
    output.line(`Tags that stand for none of these: ${remote.others.map(printable).join(', ')}.`);
  output.result(true, { ...remote });
  return exitStatus.done;
}

const lights = { green: 'ok', amber: 'warn', red: 'bad' } as const;

function lightLine(output: Output, release: Release): string {
  const { id, version, current, readiness, trust } = release;
  const { light, reasons } = readiness ?? { light: 'red', reasons: ['not looked at'] };
  const mark = output.paint(lights[light], light.padEnd(5));
  const told = [...reasons, trustWords(trust)].filter((text) => text !== undefined);
  return `${mark} ${version} (${id})${current ? ' current' : ''}: ${printable(told.join('; '))}`;
}

function historyRow({ startedAt, cause, version, outcome, actor, host, current }: Release): string[] {
  return [localTime(startedAt), cause, `${version}${current ? ' *' : ''}`, outcome, `${actor} on ${host}`];
}

const signedWords = {
  signed: 'signed, not verified',
  attested: 'attestation, not verified',
  none: 'no',
  unknown: 'not known',
} as const;

function remoteRow({ version, names, provenance, signed, trust, missing, current }: RemoteRelease): string[] {
  const { created = '', subject = '', author = '', revision = '' } = provenance;
  const state = current ? 'runs now' : missing.length > 0 ? `missing for ${missing.join(', ')}` : '';
  const commit = subject === '' ? revision.slice(0, 12) : subject;
  return [
    version,
    created === '' ? '' : localTime(created),
    commit,
    author,
    trustWords(trust) ?? signedWords[signed.state],
    names.join(', '),
    state,
  ];
}

function table(output: Output, header: readonly string[], rows: readonly (readonly string[])[]): void {
  if (rows.length === 0) return;
  const widths = header.map((title, column) => Math.max(title.length, ...rows.map((row) => row[column]?.length ?? 0)));
  const format = (cells: readonly string[]): string =>
    cells
      .map((cell, column) => printable(cell).padEnd(widths[column] ?? 0))
      .join('  ')
      .trimEnd();
  output.line(output.paint('dim', format(header)));
  for (const row of rows) output.line(format(row));
}

/** `SERVICE=sha256:…`, gathered over repeated use. */
function digests(text: string, previous: Record<string, string> = {}): Record<string, string> {
  const [, service = '', digest = ''] = /^([^=]+)=(sha256:[0-9a-f]{64})$/.exec(text) ?? [];
  if (service === '') throw new InvalidArgumentError('has to be SERVICE=sha256:… with 64 hex digits.');
  return { ...previous, [service]: digest };
}
