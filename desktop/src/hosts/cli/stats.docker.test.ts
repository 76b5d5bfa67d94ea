import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { type ComposeProject, createComposeProject } from '#testing/compose-project.ts';
import { clientStats } from '#testing/docker-stats.ts';
import { type Ended, quayside } from '#testing/quayside-command.ts';

const image = 'node:24-bookworm-slim';
const hold = 'const held=Buffer.alloc(60e6,1);setInterval(()=>held[0]++,1000)';
const plain = { image, init: true, stop_grace_period: '0s' };

interface Line {
  readonly type: string;
  readonly event?: string;
  readonly ok?: boolean;
  readonly at?: string;
  readonly service?: string;
  readonly container?: string;
  readonly cores?: number;
  readonly memory?: number;
  readonly memoryLimit?: number;
  readonly problem?: { readonly code: string };
}

let project: ComposeProject;

beforeAll(async () => {
  project = await createComposeProject({
    services: {
      busy: { ...plain, command: ['node', '-e', 'for(;;);'], cpus: 0.5 },
      held: { ...plain, command: ['node', '-e', hold], mem_limit: '192m' },
      idle: { ...plain, command: ['sleep', '10000'], scale: 2 },
    },
  });
  await project.compose('up', '-d');
});

afterAll(() => project.remove());

const run = (args: readonly string[], onOutput?: (out: string) => void, interrupt?: AbortSignal): Promise<Ended> =>
  quayside(['-C', project.directory, '-p', project.name, ...args], {}, onOutput, '', interrupt);
const linesOf = ({ out }: Ended): Line[] =>
  out
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as Line);

test('one object for each container, with what the client of the engine says of it', async () => {
  // The machine may be busy, and both tell of another second: they are asked until they agree.
  await vi.waitFor(
    async () => {
      const [ended, busy, held] = await Promise.all([
        run(['--json', 'stats']),
        clientStats(`${project.name}-busy-1`),
        clientStats(`${project.name}-held-1`),
      ]);
      const lines = linesOf(ended);
      expect(lines.at(-1)).toMatchObject({ type: 'result', ok: true });
      expect(lines.slice(0, -1).map(({ event, service, container }) => [event, service, container])).toEqual([
        ['usage', 'busy', `${project.name}-busy-1`],
        ['usage', 'held', `${project.name}-held-1`],
        ['usage', 'idle', `${project.name}-idle-1`],
        ['usage', 'idle', `${project.name}-idle-2`],
      ]);
      const [own, full] = lines;
      expect(busy.cpuPercent).toBeGreaterThan(5);
      expect(Math.abs((own?.cores ?? 0) * 100 - busy.cpuPercent) / busy.cpuPercent).toBeLessThan(0.2);
      expect(own).not.toHaveProperty('memoryLimit');
      expect(full?.memoryLimit).toBe(held.limit);
      expect(Math.abs((full?.memory ?? 0) - held.memory) / held.memory).toBeLessThan(0.03);
    },
    { timeout: 100_000, interval: 500 },
  );
});

test('a table for people; of named services only', async () => {
  const { status, out } = await run(['stats', 'held', 'idle']);
  expect(status).toBe(0);
  expect(out).toMatch(/^SERVICE +CONTAINER +CPU +MEMORY +LIMIT +OF LIMIT\n/);
  expect(out).toMatch(/\nheld +\S+-held-1 +[\d.]+ % +[\d.]+ MB +192 MB +[\d.]+ %\n/);
  expect(out).toMatch(/\nidle +\S+-idle-2 +[\d.]+ % +[\d.]+ [KM]B +- +-\n/);
  expect(out).not.toContain('busy');
});

test('with --watch it goes on until it is interrupted', async () => {
  const stop = new AbortController();
  const readings = new Set<string>();
  const hear = (out: string): void => {
    for (const [, at = ''] of out.matchAll(/"at":"([^"]+)"/g)) readings.add(at);
    if (readings.size >= 3) stop.abort();
  };
  const ended = await run(['--json', 'stats', '--watch', 'idle'], hear, stop.signal);
  expect(ended.status).toBe(0);
  const lines = linesOf(ended);
  expect(lines.at(-1)).toMatchObject({ type: 'result', ok: true });
  expect(new Set(lines.slice(0, -1).map(({ service }) => service))).toEqual(new Set(['idle']));
  expect(readings.size).toBeGreaterThanOrEqual(3);
});

test('an unknown service and an engine that is not there end with their status', async () => {
  const unknown = await run(['--json', 'stats', 'nobody']);
  expect([unknown.status, linesOf(unknown).at(-1)?.problem?.code]).toEqual([2, 'SERVICE_NOT_FOUND']);
  const nowhere = await run(['--host', 'unix:///nowhere/docker.sock', '--json', 'stats']);
  expect([nowhere.status, linesOf(nowhere).at(-1)?.problem?.code]).toEqual([7, 'ENGINE_DOWN']);
});
