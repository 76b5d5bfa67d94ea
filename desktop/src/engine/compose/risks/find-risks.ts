import { say } from '#kit/say.ts';
import { isPlain } from '../schema/omit.ts';
import { buildRisks } from './build-risks.ts';
import { type FoundRisk, reporter } from './found-risk.ts';
import { hardeningNotes } from './hardening.ts';
import { ProjectHome } from './host-paths.ts';
import { power, volumePaths } from './powers.ts';
import { addPath, serviceRisks } from './service-risks.ts';

type Section = ReadonlyMap<string, object>;

/** The parts of a model that can ask for something. */
export interface Asking {
  readonly directory: string;
  readonly services: Section;
  readonly networks: Section;
  readonly volumes: Section;
  readonly secrets: Section;
  readonly configs: Section;
}

/** What a project asks of this machine beyond its own folder and an ordinary container. Follows symbolic links as they are now. */
export function findRisks(model: Asking): FoundRisk[] {
  const list = new Map<string, FoundRisk>();
  const home = new ProjectHome(model.directory);
  for (const [name, service] of model.services) {
    const report = reporter(list, 'services', name);
    const asked = { ...service };
    serviceRisks(asked, home, report);
    buildRisks(asked, home, report);
    hardeningNotes(asked, report);
  }
  addHostNetworks(list, model);
  for (const [key, volume] of model.volumes) {
    const { driver, driver_opts: options = {} } = { ...volume } as { driver?: unknown; driver_opts?: object };
    for (const path of volumePaths(driver, { ...options }))
      addPath(
        home,
        reporter(list, 'volumes', key),
        ['driver_opts', 'device'],
        path,
        (what) => say`is made of ${what}`,
        {
          mounted: true,
        },
      );
  }
  for (const section of ['secrets', 'configs'] as const) {
    for (const [key, object] of model[section]) {
      const { file } = { ...object } as { file?: unknown };
      const options = { readOnly: true, mounted: true };
      addPath(home, reporter(list, section, key), ['file'], file, (what) => say`is read from ${what}`, options);
    }
  }
  return [...list.values()];
}

/** An external network called `host` is the network of the machine, as `network_mode: host` is. */
function addHostNetworks(list: Map<string, FoundRisk>, { services, networks }: Asking): void {
  for (const [name, service] of services) {
    const { networks: attached } = { ...service } as { networks?: unknown };
    for (const key of Object.keys(isPlain(attached) ? attached : {})) {
      const { name: real } = { ...networks.get(key) } as { name?: unknown };
      if (real !== 'host') continue;
      const message = say`the service ${name} shares the network of the machine, by the name of ${key}`;
      const id = `services.${name}.networks.${key}=host`;
      list.set(id, {
        id,
        kind: 'host-power',
        level: 'red',
        user: name,
        message,
        power: `services.${name}/${power.host('network')}`,
        path: ['networks', key, 'name'],
      });
    }
  }
}
