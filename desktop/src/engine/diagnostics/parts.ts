import { stat } from 'node:fs/promises';
import { arch, availableParallelism, platform, release, totalmem } from 'node:os';
import { isAbsolute, resolve } from 'node:path';
import type { Plan, StackState } from '#contract/index.ts';
import { fileNamePart } from '#kit/file-name.ts';
import { say } from '#kit/say.ts';
import type { Part } from './part.ts';
import type { DiagnosticsSources } from './sources.ts';

/** Releases that are told of, the newest. */
const mostReleases = 20;

/** What can be told whatever the state of the project is. */
export function generalParts(sources: DiagnosticsSources, project: string | undefined, signal: AbortSignal): Part[] {
  return [
    {
      name: 'versions.json',
      title: say`Versions of Quayside, Node.js and this machine`,
      read: async () => ({
        ...sources.hello(),
        node: process.version,
        system: { platform: platform(), release: release(), arch: arch() },
        memory: totalmem(),
        processors: availableParallelism(),
        dockerCompose: await sources.composeVersion().catch(() => 'not known'),
      }),
    },
    {
      name: 'engine.json',
      title: say`The Docker Engine and its machine`,
      read: async () => {
        const state = await sources.engineState(signal);
        return { ...state, machine: state.state === 'connected' ? await sources.machine() : 'not known' };
      },
    },
    { name: 'project.json', title: say`The project folder and its environments`, read: () => sources.project() },
    { name: 'settings.json', title: say`How Quayside is set up`, read: () => sources.settings() },
    {
      name: 'activity.json',
      title: say`What was done last, by whom, and how it ended`,
      read: () => sources.activity(project),
    },
  ];
}

/** What an environment has to tell. */
export function environmentParts(sources: DiagnosticsSources, id: string): Part[] {
  return [
    { name: 'files.txt', title: say`Compose and env files: names and sizes`, read: () => listFiles(sources, id) },
    { name: 'model.yaml', title: say`What the compose files say, resolved`, read: () => sources.model(id) },
    { name: 'variables.json', title: say`Variables, where they are set and used`, read: () => sources.variables(id) },
    { name: 'services.json', title: say`Services, containers and health`, read: () => sources.stack(id) },
    { name: 'preflight.json', title: say`What the check before a start finds`, read: () => sources.preflight(id) },
    { name: 'plan.txt', title: say`What a start would do now`, read: async () => planText(await sources.plan(id)) },
    {
      name: 'differences.json',
      title: say`What runs otherwise than the files say`,
      read: () => sources.differences(id),
    },
    {
      name: 'builds.json',
      title: say`Builds, and what the last one that failed printed`,
      async read() {
        const all = await sources.builds(id);
        const failed = all.find(({ outcome }) => outcome === 'failed');
        return { all, ...(failed === undefined ? {} : { failed: await sources.build(id, failed.id) }) };
      },
    },
    {
      name: 'releases.json',
      title: say`Releases: what was deployed, and how it ended`,
      read: async () => {
        const all = await sources.releases(id);
        return { count: all.length, newest: all.slice(0, mostReleases) };
      },
    },
  ];
}

/** The logs of each service. */
export function logParts(
  sources: DiagnosticsSources,
  id: string,
  stack: StackState,
  lines: number,
  signal: AbortSignal,
): Part[] {
  const withContainers = stack.services.filter(({ containers }) => containers.length > 0);
  const logNames = fileNames(withContainers.map(({ name }) => name));
  return withContainers.map(({ name }, index) => ({
    name: `logs/${logNames[index] ?? ''}.log`,
    title: say`Last lines of ${name}`,
    keep: 'end' as const,
    async read() {
      const text: string[] = [];
      for await (const some of sources.logs(id, name, lines, signal))
        for (const line of some)
          text.push(`${line.time} ${line.container} ${line.stream} ${line.level.padEnd(5)} ${line.text}\n`);
      return text.length === 0 ? 'It has written nothing.\n' : text.join('');
    },
  }));
}

/**
 * A name for the file of each service. Where the compose files are not here, the name of a service is whatever a label says; a
 * number behind a blank, which is in no name that stays as it is, stands for what is no name of a file or one already, in whatever case.
 */
function fileNames(services: readonly string[]): string[] {
  const plain = services.map((name) => name.toLowerCase());
  return services.map((name, index) =>
    name !== '' && fileNamePart(name) === name && plain.indexOf(name.toLowerCase()) === index
      ? name
      : `service ${index}`,
  );
}

async function listFiles(sources: DiagnosticsSources, id: string): Promise<string> {
  const { files, envFiles, command } = await sources.environment(id);
  const directory = await sources.directory(id);
  const named = [...files, ...(envFiles.length === 0 ? ['.env'] : envFiles)];
  const lines = await Promise.all(
    named.map(async (file) => {
      const found = await stat(isAbsolute(file) ? file : resolve(directory, file)).catch(() => undefined);
      return found === undefined
        ? `${file}  is not there`
        : `${file}  ${found.size} bytes, changed ${found.mtime.toISOString()}`;
    }),
  );
  return [`folder  ${directory}`, `command  ${command}`, ...lines, ''].join('\n');
}

function planText({ command, steps, warnings, keeps }: Plan): string {
  const done = steps.map(({ kind, resource, cause }) => `${kind.padEnd(18)} ${resource}: ${cause}`);
  return [
    command,
    ...(done.length === 0 ? ['Nothing: everything is as the files say.'] : done),
    ...warnings.map((warning) => `warning: ${warning}`),
    ...keeps.map((volume) => `keeps volume ${volume}`),
    '',
  ].join('\n');
}
