import { QuaysideError } from '#contract/index.ts';
import { say } from '#kit/say.ts';
import { type Deadlines, defaultStopSeconds } from '../deadlines.ts';
import { drainLogs } from '../logs/drain-logs.ts';
import { readLogs } from '../logs/read-logs.ts';
import { json, type Transport, unary } from '../transport.ts';
import type { ContainerDetail, DockerGateway } from '../types.ts';
import { toDetail, toSummary } from './container-detail.ts';
import { createExec } from './exec.ts';
import { encodeFilter, segment } from './filters.ts';
import { readSettings } from './settings.ts';
import { containerCreated, containerInspect, containerList } from './shapes.ts';
import { usageOf } from './usage.ts';

/** Shortest id that is taken as the beginning of a longer one: what `docker ps` shows. */
const shortId = 12;

function isMeant({ id, name }: ContainerDetail, asked: string): boolean {
  return id === asked || name === asked.replace(/^\//, '') || (asked.length >= shortId && id.startsWith(asked));
}

function notFound(id: string): QuaysideError {
  return new QuaysideError('ENGINE_NOT_FOUND', say`There is no container ${id}.`, {
    remedy: say`It may have been removed by someone else; look at the current state and try again.`,
  });
}

/** The container calls of the gateway. Answers that say "already so" are successes. */
export function createContainerCalls(transport: Transport, deadlines: Deadlines): DockerGateway['containers'] {
  const path = (id: string, verb: string): string => `/containers/${segment(id)}/${verb}`;

  const inspect = async (id: string): Promise<ContainerDetail> => {
    const options = { method: 'GET', path: path(id, 'json'), deadlineMs: deadlines.read } as const;
    const detail = toDetail(await json(transport, containerInspect, options));
    // The engine also finds by any beginning of an id, which a name may be by chance.
    if (!isMeant(detail, id)) throw notFound(id);
    return detail;
  };

  const stop = async (id: string, timeout?: number): Promise<void> => {
    const seconds = timeout ?? (await inspect(id)).stopTimeout ?? defaultStopSeconds;
    await unary(transport, {
      method: 'POST',
      path: path(id, 'stop'),
      query: { t: timeout },
      // A negative stop timeout means to wait for ever.
      deadlineMs: seconds < 0 ? Number.POSITIVE_INFINITY : deadlines.start + seconds * 1000,
      statuses: [304],
    });
  };

  return {
    list: async (filter) => {
      const query = { all: true, filters: encodeFilter(filter) };
      const options = { method: 'GET', path: '/containers/json', query, deadlineMs: deadlines.read } as const;
      return (await json(transport, containerList, options)).map(toSummary);
    },
    inspect,
    settings: (id) => readSettings(transport, deadlines, id),
    usage: (id) => usageOf(transport, deadlines.read, id),
    create: async ({ name, platform, config }) => {
      const created = await json(transport, containerCreated, {
        method: 'POST',
        path: '/containers/create',
        query: { name, platform },
        body: config,
        deadlineMs: deadlines.create,
      });
      return { id: created.Id, warnings: created.Warnings };
    },
    start: async (id) => {
      const deadlineMs = deadlines.start;
      await unary(transport, { method: 'POST', path: path(id, 'start'), deadlineMs, statuses: [304] });
    },
    stop,
    remove: (id, { force, volumes }) => removeContainer(transport, deadlines, id, { force, v: volumes }),
    rename: async (id, name) => {
      const deadlineMs = deadlines.change;
      await unary(transport, { method: 'POST', path: path(id, 'rename'), query: { name }, deadlineMs });
    },
    logs: (id, tty, options) => readLogs(transport, { id, tty, options, deadlineMs: deadlines.stream }),
    drainLogs: (id, tty, options, reader) =>
      drainLogs(transport, { id, tty, options, deadlineMs: deadlines.stream }, reader),
    exec: createExec(transport, deadlines),
    putArchive: async (id, folder, archive, { ownByUser }) => {
      const query = { path: folder, copyUIDGID: ownByUser ? true : undefined, noOverwriteDirNonDir: true };
      const headers = { 'Content-Type': 'application/x-tar' };
      const deadlineMs = deadlines.change;
      await unary(transport, { method: 'PUT', path: path(id, 'archive'), query, headers, body: archive, deadlineMs });
    },
  };
}

async function removeContainer(
  transport: Transport,
  deadlines: Deadlines,
  id: string,
  query: { force: boolean; v: boolean },
): Promise<void> {
  const path = `/containers/${segment(id)}`;
  const deadlineMs = deadlines.remove;
  try {
    await unary(transport, { method: 'DELETE', path, query, deadlineMs, statuses: [404] });
  } catch (error) {
    const removing = error instanceof QuaysideError && /removal of container .* in progress/i.test(error.message);
    if (!removing) throw error;
    // Somebody else removes it: wait for the end of that instead of failing.
    const wait = { method: 'POST', path: `${path}/wait`, query: { condition: 'removed' } } as const;
    await unary(transport, { ...wait, deadlineMs, statuses: [404] });
  }
}
