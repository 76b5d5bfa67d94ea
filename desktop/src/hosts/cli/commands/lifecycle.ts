import { type Command, Option } from 'commander';
import { action, type Verb } from '#contract/index.ts';
import { agreeToRisks } from '../agree-to-risks.ts';
import { confirmVolumes } from '../confirm-volumes.ts';
import { runAction } from '../follow-operation.ts';
import { collect, seconds } from '../option-values.ts';
import type { Register } from '../program.ts';
import { addRiskOption } from './up-options.ts';

interface LifecycleOptions {
  readonly volume?: string[];
  readonly volumes?: boolean;
  readonly allowRisk?: string[];
}

/** build, stop, start, restart and down: verbs that are one operation each. */
export function addLifecycle(program: Command, register: Register): void {
  const verbOf = (name: Verb, description: string): Command => {
    const command = program.command(name).description(description).argument('[service...]', 'only these services');
    register(command, async (session) => {
      const { volume = [], volumes, allowRisk, ...options } = command.opts<LifecycleOptions>();
      const environment = await session.environment();
      const named = volumes === true ? await confirmVolumes(session, environment) : volume;
      const wanted = action.parse({
        verb: name,
        services: command.args,
        ...options,
        ...(allowRisk === undefined ? {} : { allowRisks: allowRisk }),
        ...(named.length > 0 ? { volumes: named } : {}),
      });
      const agreed = name === 'build' ? await agreeToRisks(session, environment, wanted) : wanted;
      return runAction(session, environment, agreed);
    });
    return command;
  };
  addRiskOption(
    verbOf('build', 'build the images of services with a build section').option(
      '--no-cache',
      'do not use the build cache',
    ),
  );
  verbOf('start', 'start containers that exist, without changing them');
  verbOf('stop', 'stop the containers').option(
    '-t, --timeout <seconds>',
    'seconds before a container is killed',
    seconds,
  );
  verbOf('restart', 'restart the containers as they are').option(
    '-t, --timeout <seconds>',
    'seconds before a container is killed',
    seconds,
  );
  verbOf('down', 'stop and remove containers and networks; data volumes are kept')
    .option('-t, --timeout <seconds>', 'seconds before a container is killed', seconds)
    .option('--remove-orphans', 'also remove containers of services that the files no longer name')
    .option('--volumes', 'delete the data volumes of the project; asks for its name')
    .option('--volume <name>', 'delete this volume and its data; full name, repeatable', collect)
    .addOption(new Option('--images <which>', 'also remove images').choices(['local', 'all']));
}
