import { isDeepStrictEqual } from 'node:util';
import { action } from '#contract/index.ts';
import type { Engine } from '#engine/types.ts';
import { dockerText } from '#testing/docker-cli.ts';
import { createReleaseProject, type ReleaseProject } from '#testing/release-project.ts';
import { panelIn } from './panel-in.ts';

/** A stack on which 1.0.0 and then 1.1.0 was deployed. */
export async function twoVersions(published: 'api' | 'page' = 'api'): Promise<ReleaseProject> {
  const stack = await createReleaseProject({ published });
  try {
    for (const version of ['1.0.0', '1.1.0']) {
      await stack.push(version);
      await mustRun(stack, ['deploy', version, '--window', '0']);
    }
    return stack;
  } catch (error) {
    await stack.remove();
    throw error;
  }
}

/** Runs the command and throws with its words where it fails. */
export async function mustRun(stack: ReleaseProject, args: readonly string[]): Promise<void> {
  const { status, err } = await stack.run(args);
  if (status !== 0) throw new Error(`quayside ${args.join(' ')} ended with ${String(status)}: ${err}`);
}

/** What is wrong where not exactly a version runs, is served, and nothing else is there; as seen from outside. */
export async function faultOf(stack: ReleaseProject, version: string): Promise<string | undefined> {
  const running = await stack.running();
  if (!isDeepStrictEqual(running, stack.digests(version))) return `${JSON.stringify(running)} runs`;
  const served = await stack.served().catch(String);
  if (served !== version) return `${served} is served`;
  const label = `label=com.docker.compose.project=${stack.project.name}`;
  const all = await dockerText('ps', '-a', '--format', '{{.Names}}', '--filter', label);
  const count = all.split('\n').length;
  return count === Object.keys(running).length ? undefined : `there are ${count} containers: ${all}`;
}

/** A panel of its own on the stack. */
export const panelOn = ({ project, state }: ReleaseProject): Engine => panelIn(project.directory, project.name, state);

/** Rolls back in a panel that runs already: `done`, or the code of what kept it from acting. */
export async function rollBack(panel: Engine, release: string, window?: number): Promise<string> {
  const wanted = action.parse({ verb: 'rollback', release, ...(window === undefined ? {} : { window }) });
  const { id } = await panel.operations.start('default', wanted);
  for await (const event of panel.operations.watch(id, new AbortController().signal)) {
    if (event.type === 'end') return event.outcome === 'done' ? 'done' : (event.problem?.code ?? event.summary);
  }
  return 'no end';
}
