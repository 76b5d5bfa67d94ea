import { posix } from 'node:path';
import { QuaysideError } from '#contract/index.ts';
import type { FileObjectModel, Model, ServiceModel } from '#engine/compose/index.ts';
import { say } from '#kit/say.ts';
import { isRecord, texts } from './values.ts';

/** One use of a secret or config by a service. */
interface FileUse {
  readonly kind: 'secret' | 'config';
  readonly source: string;
  /** Absolute path in the container. */
  readonly target: string;
  readonly uid?: string;
  readonly gid?: string;
  /** Octal text, such as `0440`. */
  readonly mode?: string;
  readonly object: FileObjectModel;
}

/** A file whose content is copied into the container before it starts. */
export interface InjectedFile {
  readonly target: string;
  readonly content: string;
  readonly mode: number;
  readonly uid: number;
  readonly gid: number;
  /** Whether an owner was named: the engine then gives the file to the container's user, where there is one. */
  readonly owned: boolean;
}

const folders = { secret: '/run/secrets', config: '/' } as const;
const readableByAll = 0o444;

/** Bind mounts for secrets and configs that are files; what the service mounts itself at the same place wins. */
export function fileMounts(service: ServiceModel, model: Model): Record<string, unknown>[] {
  const taken = new Set((service.volumes ?? []).map(({ target }) => target));
  return fileUses(service, model).flatMap(({ object, target }) => {
    if (object.file === undefined || taken.has(target)) return [];
    taken.add(target);
    return [{ Type: 'bind', Source: object.file, Target: target, ReadOnly: true }];
  });
}

/** Secrets and configs whose content is a variable or stands in the compose file; empty ones are left out, as by the CLI. */
export function injectedFiles(service: ServiceModel, model: Model): InjectedFile[] {
  return fileUses(service, model).flatMap((use) => {
    const content = contentOf(use, model);
    if (content === undefined || content === '') return [];
    return [
      {
        target: use.target,
        content,
        mode: use.mode === undefined ? readableByAll : Number.parseInt(use.mode, 8),
        uid: owner(service, use, 'uid'),
        gid: owner(service, use, 'gid'),
        owned: use.uid !== undefined || use.gid !== undefined,
      },
    ];
  });
}

/** What cannot be done as it is written. Throws where the service could not be created at all. */
export function checkFiles(service: ServiceModel, model: Model): string[] {
  const [injected] = injectedFiles(service, model);
  if (injected && service['read_only'] === true) {
    throw new QuaysideError(
      'COMPOSE_UNSUPPORTED',
      say`services.${service.name} is read_only, so nothing can be copied to ${injected.target}.`,
      { remedy: say`Give the secret or config as a file, which is mounted; or remove read_only.` },
    );
  }
  return fileUses(service, model).flatMap((use) => {
    const named = (['uid', 'gid', 'mode'] as const).filter((key) => use[key] !== undefined);
    if (use.object.file === undefined || named.length === 0) return [];
    return [
      say`${named.join(', ')} of ${use.kind} ${use.source} (service ${service.name}) have no effect: a file is mounted with the owner and mode that it has.`,
    ];
  });
}

function fileUses(service: ServiceModel, model: Model): FileUse[] {
  return [
    ...usesOf('secret', service, service['secrets'], model.secrets),
    ...usesOf('config', service, service['configs'], model.configs),
  ];
}

function usesOf(
  kind: FileUse['kind'],
  service: ServiceModel,
  uses: unknown,
  objects: ReadonlyMap<string, FileObjectModel>,
): FileUse[] {
  return (Array.isArray(uses) ? uses : []).filter(isRecord).flatMap((use) => {
    const { source = '', target = source, ...more } = texts(use, ['source', 'target', 'uid', 'gid', 'mode']);
    const object = objects.get(source);
    if (!object) return [];
    refuseDrivers(kind, service, source, object);
    return [{ ...more, kind, source, object, target: posix.resolve(folders[kind], target) }];
  });
}

function refuseDrivers(kind: string, service: ServiceModel, source: string, object: FileObjectModel): void {
  const key = object.driver !== undefined ? 'driver' : object.template_driver !== undefined ? 'template_driver' : '';
  if (key === '') return;
  throw new QuaysideError('COMPOSE_UNSUPPORTED', say`${kind}s.${source}.${key} works in a swarm only.`, {
    remedy: say`Remove it, or take ${source} from the service ${service.name}.`,
  });
}

function contentOf({ kind, source, object }: FileUse, model: Model): string | undefined {
  if (object.content !== undefined || object.environment === undefined) return object.content;
  const value = model.environment.get(object.environment);
  if (value !== undefined) return value;
  throw new QuaysideError(
    'VARIABLE_MISSING',
    say`The variable ${object.environment}, which ${kind} ${source} is made of, is not set.`,
    {
      remedy: say`Set ${object.environment} in the environment or in .env.`,
      details: { variable: object.environment },
    },
  );
}

function owner(service: ServiceModel, use: FileUse, key: 'uid' | 'gid'): number {
  const text = use[key];
  if (text === undefined) return 0;
  if (/^\d+$/.test(text)) return Number(text);
  throw new QuaysideError('COMPOSE_INVALID', say`${key} "${text}" of ${use.kind} ${use.source} is not a number.`, {
    remedy: say`Write the number of the user or group in services.${service.name}.${use.kind}s.`,
  });
}
