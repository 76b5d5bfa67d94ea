import type { ContainerState } from '#contract/index.ts';
import type { ContainerDetail, ContainerSummary } from '#engine/docker/index.ts';
import type { SeenContainer } from './judge.ts';

const MAX_OUTPUT = 4096;
const MAX_PROBES = 5;

/** 1-based replica number from its label; 1 where there is none. */
export function replicaNumber(detail: Pick<ContainerSummary, 'labels'>): number {
  const number = Number(detail.labels['com.docker.compose.container-number']);
  return Number.isInteger(number) && number > 0 ? number : 1;
}

/** One container as the panel shows it, as far as it is known. */
export function describeContainer(seen: SeenContainer): ContainerState {
  const { detail } = seen;
  const listed = {
    id: detail.id,
    name: detail.name,
    number: replicaNumber(detail),
    status: detail.state,
    health: detail.health ?? 'none',
    image: detail.image,
    imageId: detail.imageId.replace(/^sha256:/, '').slice(0, 12),
    probes: [],
  };
  return seen.run === undefined ? listed : { ...listed, ...describeRead(seen.detail) };
}

/** The exit code is left out while it runs: the engine then says 0, which means nothing. */
function describeRead(detail: ContainerDetail) {
  const ended = detail.finishedAt !== undefined && (!detail.running || detail.restarting);
  return {
    ...(ended ? { exitCode: detail.exitCode } : {}),
    oomKilled: detail.oomKilled,
    restarts: detail.restartCount,
    ...(detail.startedAt === undefined ? {} : { startedAt: detail.startedAt }),
    ...(detail.finishedAt === undefined ? {} : { finishedAt: detail.finishedAt }),
    probes: detail.probes.slice(-MAX_PROBES).map(({ start, end, exitCode, output }) => ({
      startedAt: start,
      endedAt: end,
      exitCode,
      output: output.slice(0, MAX_OUTPUT),
    })),
    failingStreak: detail.failingStreak,
  };
}
