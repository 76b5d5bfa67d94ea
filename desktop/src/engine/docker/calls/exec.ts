import { Demultiplexer } from '../logs/demux.ts';
import { json, type Transport } from '../transport.ts';
import type { DockerGateway, ExecResult } from '../types.ts';
import { segment } from './filters.ts';
import { execCreated, execInspect } from './shapes.ts';

/** Bytes of output that are kept: the end of it, where commands say why they failed. */
const keptBytes = 64 * 1024;
/** Milliseconds between two looks whether it has ended: the engine closes the stream a moment before it notes the exit code. */
const firstPauseMs = 10;
const longestPauseMs = 500;

type Exec = DockerGateway['containers']['exec'];
interface Limits {
  readonly read: number;
  readonly change: number;
  readonly stream: number;
}

/** Runs a command in a running container and waits for its end, however long it takes; an abort leaves it running there. */
export function createExec(transport: Transport, deadlines: Limits): Exec {
  return async (id, { command, signal, tty = false, ...more }) => {
    const aborts = signal === undefined ? {} : { signal };
    const { Id } = await json(transport, execCreated, {
      method: 'POST',
      path: `/containers/${segment(id)}/exec`,
      body: {
        AttachStdout: true,
        AttachStderr: true,
        Tty: tty,
        Cmd: command,
        Env: more.environment ?? [],
        User: more.user ?? '',
        WorkingDir: more.workingDir ?? '',
        Privileged: more.privileged ?? false,
      },
      deadlineMs: deadlines.change,
      ...aborts,
    });
    const path = `/exec/${segment(Id)}`;
    const started = await transport.request({
      method: 'POST',
      path: `${path}/start`,
      body: { Detach: false, Tty: tty },
      deadlineMs: deadlines.stream,
      ...aborts,
    });
    const output = await readOutput(started.body, tty);
    for (let pause = firstPauseMs; ; pause = Math.min(2 * pause, longestPauseMs)) {
      const look = { method: 'GET', path: `${path}/json`, deadlineMs: deadlines.read, ...aborts } as const;
      const state = await json(transport, execInspect, look);
      if (!state.Running) return { ...output, exitCode: state.ExitCode ?? 0 };
      await new Promise((resolve) => setTimeout(resolve, pause));
    }
  };
}

async function readOutput(body: AsyncIterable<Uint8Array>, tty: boolean): Promise<Omit<ExecResult, 'exitCode'>> {
  const demultiplexer = new Demultiplexer();
  let kept = Buffer.alloc(0);
  let dropped = 0;
  for await (const chunk of body) {
    const payloads = tty ? [chunk] : demultiplexer.frames(chunk).map(({ payload }) => payload);
    const all = Buffer.concat([kept, ...payloads]);
    const surplus = Math.max(0, all.length - keptBytes);
    dropped += surplus;
    kept = all.subarray(surplus);
  }
  return { output: kept.toString('utf8'), dropped };
}
