import { type Command, Option } from 'commander';
import { type Action, action } from '#contract/index.ts';
import { collect, positive, replicas } from '../option-values.ts';

interface UpOptions extends Partial<Action> {
  allowRisk?: string[];
  recreate?: boolean;
  deps?: boolean;
  recreateVolume?: string[];
}

/** What is agreed to of what the files ask of the machine. */
export function addRiskOption(command: Command): Command {
  return command.option(
    '--allow-risk <id>',
    'agree to what the files ask of this machine, by its id in the plan; repeatable',
    collect,
  );
}

/** The options that say how `up` goes about it; `plan` knows the same ones. */
export function addUpOptions(command: Command): Command {
  return addRiskOption(command)
    .option('--build', 'build images even when they exist')
    .addOption(new Option('--pull <policy>', 'pull policy').choices(['always', 'missing', 'never']))
    .option('--force-recreate', 'recreate containers that need no change')
    .addOption(
      new Option('--no-recreate', 'leave containers as they are, even where they differ from the files').conflicts(
        'forceRecreate',
      ),
    )
    .option('--always-recreate-deps', 'also recreate what the named services depend on')
    .option('-V, --renew-anon-volumes', 'recreate with new anonymous volumes')
    .option('--no-deps', 'leave what the named services depend on alone')
    .option('--scale <service=n>', 'replicas of a service, repeatable', replicas)
    .option(
      '--recreate-volume <name>',
      'delete this volume, which differs from the files, with its data and make it anew; full name, repeatable',
      collect,
    )
    .option('--remove-orphans', 'remove containers of services that the files no longer name')
    .option('--no-wait', 'do not wait until the services are healthy')
    .option('--wait-timeout <seconds>', 'seconds to wait', positive);
}

/** The action that the options of {@link addUpOptions} describe. */
export function upAction(services: readonly string[], options: object): Action {
  const { recreate, deps, recreateVolume, allowRisk, ...same }: UpOptions = options;
  return action.parse({
    verb: 'up',
    ...same,
    services,
    ...(allowRisk === undefined ? {} : { allowRisks: allowRisk }),
    ...(recreate === false ? { noRecreate: true } : {}),
    ...(deps === false ? { noDeps: true } : {}),
    ...(recreateVolume === undefined ? {} : { recreateVolumes: recreateVolume }),
  });
}
