import { readFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import { setTimeout as delay } from 'node:timers/promises';
import { QuaysideError } from '#contract/index.ts';
import { whoami } from '#engine/actor.ts';
import { type ContainerDetail, type DockerGateway, type Guard, guarded } from '#engine/docker/index.ts';
import type { Lock, LockRequest } from '#engine/stack/index.ts';
import { say } from '#kit/say.ts';

const lockLabel = 'dev.quayside.lock';
const repository = 'quayside.local/lock';
const image = `${repository}:1`;
/** An empty tar archive: two blocks of zeros. */
const emptyArchive = new Uint8Array(1024);
/** Longer than any operation of another machine may take before its lock counts as stale. */
const staleAfterMs = 3_600_000;
/** The engine gives a name away a moment before it can say to whom; a busy engine takes its time. */
const looksForHolder = 100;
const lookAgainMs = 50;

/** Who holds the lock of a project, as the engine tells it. */
export interface LockHolder {
  readonly container: string;
  readonly operation: string;
  readonly actor: string;
  readonly host: string;
  readonly since: string;
  readonly why: string;
  /** The process is known to have ended, or it has held the lock for longer than anything takes. */
  readonly stale: boolean;
  /** It is of this machine, and its process has ended. */
  readonly dead: boolean;
}

/** `breakStale`: take it from a holder that is stale. */
type Request = LockRequest & { readonly breakStale: boolean };

/**
 * The lock of a project lies on the engine, so that every host and every machine meets it: a container that never starts,
 * whose name the engine gives out once. Throws RELEASE_LOCKED where another holds it.
 */
export async function acquireLock(engine: DockerGateway, request: Request): Promise<Lock> {
  const gateway = guarded(engine, locksOf(request.project));
  for (let looks = 1; ; looks += 1) {
    const lock = await tryCreate(gateway, request);
    if (!(lock instanceof QuaysideError)) return lock;
    const holder = await readLock(gateway, request.project);
    if (holder && !(holder.dead || (holder.stale && request.breakStale))) throw locked(request.project, holder);
    // By id: a lock that somebody took in the meantime is not touched.
    if (holder) await gateway.containers.remove(holder.container, { force: true, volumes: false });
    else if (looks < looksForHolder) await delay(lookAgainMs);
    else throw lock;
  }
}

/** Locks only, and none that could do anything. */
function locksOf(project: string): Guard {
  const refuse = (): never => {
    throw new Error('a lock makes nothing but itself');
  };
  const checkContainer: Guard['checkContainer'] = ({ HostConfig }) => {
    if (HostConfig !== undefined) refuse();
  };
  return { owner: { label: lockLabel, value: project }, checkContainer, checkVolume: refuse, checkExec: refuse };
}

/** Who holds the lock of a project now; undefined = nobody. */
export async function readLock(gateway: DockerGateway, project: string): Promise<LockHolder | undefined> {
  try {
    return await holderOf(await gateway.containers.inspect(nameOf(project)));
  } catch (error) {
    if (error instanceof QuaysideError && error.code === 'ENGINE_NOT_FOUND') return undefined;
    throw error;
  }
}

/** The lock, or what the engine says where its name is taken. */
async function tryCreate(gateway: DockerGateway, request: Request): Promise<Lock | QuaysideError> {
  try {
    return await create(gateway, request);
  } catch (error) {
    if (error instanceof QuaysideError && error.code === 'ENGINE_CONFLICT') return error;
    throw error;
  }
}

async function create(gateway: DockerGateway, { project, operation, why }: Request): Promise<Lock> {
  if (!(await gateway.images.find(image))) await gateway.images.import(repository, '1', emptyArchive);
  const { actor, host } = whoami();
  const labels = {
    [lockLabel]: project,
    [`${lockLabel}.operation`]: operation,
    [`${lockLabel}.why`]: why,
    [`${lockLabel}.actor`]: actor,
    [`${lockLabel}.host`]: host,
    [`${lockLabel}.since`]: new Date().toISOString(),
    [`${lockLabel}.process`]: `${await boot()}/${process.pid}`,
  };
  const config = { Image: image, Cmd: ['never-started'], Labels: labels };
  const { id } = await gateway.containers.create({ name: nameOf(project), config });
  return { release: () => gateway.containers.remove(id, { force: true, volumes: false }) };
}

const nameOf = (project: string): string => `quayside-lock-${project}`;

async function holderOf({ id, labels }: ContainerDetail): Promise<LockHolder> {
  const text = (key: string): string => labels[`${lockLabel}.${key}`] ?? 'unknown';
  const [machine, pid] = text('process').split('/');
  const dead = machine === (await boot()) && !isAlive(Number(pid));
  const age = Date.now() - Date.parse(text('since'));
  return {
    container: id,
    operation: text('operation'),
    actor: text('actor'),
    host: text('host'),
    since: text('since'),
    why: text('why'),
    stale: dead || !(age < staleAfterMs),
    dead,
  };
}

/** Names this machine from one start to the next, so that a process number means something. */
async function boot(): Promise<string> {
  try {
    return (await readFile('/proc/sys/kernel/random/boot_id', 'utf8')).trim();
  } catch {
    return hostname();
  }
}

function isAlive(pid: number): boolean {
  if (!Number.isInteger(pid)) return true;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}

function locked(project: string, holder: LockHolder): QuaysideError {
  const { actor, host, since, why, stale } = holder;
  return new QuaysideError('RELEASE_LOCKED', say`${project} is locked: ${actor} on ${host}, ${why}, since ${since}.`, {
    remedy: stale
      ? say`It has been held for longer than anything takes. Make sure that nothing runs there, then take it with --break-lock.`
      : say`Wait until it ends.`,
    details: { actor, host, since, why, stale },
  });
}
