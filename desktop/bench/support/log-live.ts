import { setTimeout as pause } from 'node:timers/promises';
import { connect, type DockerGateway, resolveEndpoint } from '#engine/docker/index.ts';
import { createProjectLogs, type LogContainer, type ProjectLogs } from '#engine/logs/index.ts';
import { startCutProxy } from '#testing/cut-proxy.ts';
import { dockerText, removeLabelled, testEngine } from '#testing/docker-cli.ts';
import { median, report, timed, told } from './measure.ts';

const image = 'node:24-bookworm-slim';
const label = `quayside.test=bench-logs-${process.pid}`;
const never = new AbortController().signal;
const all = { filter: { services: [], levels: [], search: '' }, limit: 2000 };

/** Writes so many numbered JSON lines, so many a second (0 = as fast as it can). */
export const writer = (lines: number, perSecond: number): string => `
  const pad = 'x'.repeat(230); let n = 0; const begun = Date.now();
  const line = () => '{"level":30,"time":' + Date.now() + ',"pid":1,"hostname":"7f3a9c21d4e5","seq":' + n++ + ',"reqId":"r-' + n + '","msg":"' + pad + '"}\\n';
  const more = () => {
    let text = '';
    const due = ${perSecond} === 0 ? ${lines} : Math.min(${lines}, (Date.now() - begun) / 1000 * ${perSecond});
    for (let i = 0; i < 2000 && n < due; i += 1) text += line();
    if (text === '') { if (n < ${lines}) setTimeout(more, 5); return; }
    if (process.stdout.write(text)) setTimeout(more, ${perSecond} === 0 ? 0 : 5); else process.stdout.once('drain', more);
  };
  more();
`;

async function start(name: string, lines: number, perSecond: number): Promise<LogContainer> {
  const full = `qs-test-bench-logs-${process.pid}-${name}`;
  const id = await dockerText(
    'run',
    '-d',
    '--name',
    full,
    '--label',
    label,
    image,
    'node',
    '-e',
    writer(lines, perSecond),
  );
  return { id, name: full, service: name, tty: false, running: true };
}

async function gateway(url?: string): Promise<DockerGateway> {
  if (url !== undefined) return connect({ url, source: 'bench' });
  return connect(await resolveEndpoint({ env: process.env, home: '/', platform: process.platform }));
}

/** Waits until so many lines have come; looks every `everyMs`. */
async function arrived(logs: ProjectLogs, lines: number, everyMs = 20): Promise<void> {
  for (;;) {
    const { cursor } = await logs.read({ ...all, limit: 1, waitMs: 0 }, never);
    if (cursor >= lines) return;
    await pause(everyMs);
  }
}

async function following<T>(
  engine: DockerGateway,
  containers: readonly LogContainer[],
  tail: number | 'all',
  work: (logs: ProjectLogs) => Promise<T>,
): Promise<T> {
  const logs = createProjectLogs({ gateway: engine, tail });
  try {
    logs.setContainers(containers);
    return await work(logs);
  } finally {
    logs.dispose();
  }
}

/** All rows that need a real engine. */
export async function benchLive(scale: number): Promise<void> {
  const engine = await gateway();
  try {
    await flood(engine, Math.round(2_000_000 * scale));
    await steady(engine);
    await resume();
    await many(engine);
  } finally {
    engine.dispose();
    await removeLabelled(label);
  }
}

/** Reads every line of one container as it comes; answers how many numbers are missing, doubled or out of order. */
async function misnumbered(logs: ProjectLogs, lines: number): Promise<number> {
  let wrong = 0;
  let next = 0;
  for (let after = 0; next < lines; ) {
    const page = await logs.read({ ...all, waitMs: 1000, after }, never);
    after = page.cursor;
    wrong += page.dropped;
    next += page.dropped;
    for (const { text } of page.lines) {
      const number = Number(/"seq":(\d+)/.exec(text)?.[1]);
      wrong += Math.abs(number - next);
      next = number + 1;
    }
  }
  await pause(500);
  return wrong + (await logs.read({ ...all, waitMs: 0, after: lines }, never)).lines.length;
}

/** One container that writes as fast as it can: nothing is lost; and its whole log against `docker logs`. */
async function flood(engine: DockerGateway, lines: number): Promise<void> {
  const container = await start('flood', lines, 0);
  let wrong = await following(engine, [container], 'all', (logs) => misnumbered(logs, lines));
  report(`lines lost, doubled or out of order of ${lines} followed while they were written`, wrong, 0, 'lines');
  wrong = 0;
  for (let round = 1; round < 5; round += 1)
    wrong += await following(engine, [{ ...container, running: false }], 'all', (logs) => misnumbered(logs, lines));
  report(`the same, read four times more: of ${lines * 5} numbered lines in all`, wrong, 0, 'lines');
  await wholeLog(engine, container, lines);
  const size = (await dockerText('logs', '--tail', '1', container.id)).length * lines;
  const tails: number[] = [];
  for (let round = 0; round < 5; round += 1) {
    const begun = performance.now();
    await following(engine, [{ ...container, running: false }], 1000, (logs) => arrived(logs, 1000));
    tails.push(performance.now() - begun);
  }
  report(`tail of a log of ${(size / 1e6).toFixed(0)} MB`, median(tails), 300, 'ms');
}

/** A whole log against `docker logs`, which asks for no timestamps, and against one that does. */
async function wholeLog(engine: DockerGateway, container: LogContainer, lines: number): Promise<void> {
  const [ours, theirs, stamped]: [number[], number[], number[]] = [[], [], []];
  for (let round = 0; round < 3; round += 1) {
    theirs.push(await timed('sh', ['-c', `docker logs ${container.id} > /dev/null 2>&1`]));
    stamped.push(await timed('sh', ['-c', `docker logs -t ${container.id} > /dev/null 2>&1`]));
    const begun = performance.now();
    await following(engine, [{ ...container, running: false }], 'all', (logs) => arrived(logs, lines));
    ours.push(performance.now() - begun);
  }
  const mine = median(ours);
  const rate = (ms: number): string => `${(lines / ms).toFixed(0)} k lines/s`;
  const row = 'ingest of a whole log, time / docker logs';
  const detail = `ours ${rate(mine)}, theirs ${rate(median(theirs))}`;
  report(row, mine / median(theirs), 1 / 0.95, 'x', detail);
  told(`${row} -t`, mine / median(stamped), 'x', `with timestamps, as ours: ${rate(median(stamped))}`);
}

/** One container at 10 k lines/s. */
async function steady(engine: DockerGateway): Promise<void> {
  const rate = 10_000;
  const container = await start('steady', rate * 21, rate);
  await following(engine, [container], 'all', async (logs) => {
    // Until then the memory of the store is new, and code is being compiled.
    await arrived(logs, rate * 5);
    const collecting = await shareUntil(logs, rate * 12, 500);
    const reading = await shareUntil(logs, rate * 19, 20);
    report('CPU of the core at 10 k lines/s, of one core', collecting, 7, '%', 'all threads');
    told('the same, while pages of it are read 50 times a second', reading, '%', 'all threads');
    await arrived(logs, rate * 21);
  });
}

/** Processor time until so many lines have come, in percent of one core; a page is read every `everyMs`. */
async function shareUntil(logs: ProjectLogs, lines: number, everyMs: number): Promise<number> {
  const [begun, cpu] = [performance.now(), process.cpuUsage()];
  await arrived(logs, lines, everyMs);
  const { user, system } = process.cpuUsage(cpu);
  return (user + system) / 10 / (performance.now() - begun);
}

/** A connection that is cut amid 2 k lines/s: how long until the first new line, from the new connection on. */
async function resume(): Promise<void> {
  const proxy = await startCutProxy(testEngine());
  const engine = await gateway(proxy.url);
  const waits: number[] = [];
  const timedEngine: DockerGateway = {
    ...engine,
    containers: {
      ...engine.containers,
      drainLogs(id, tty, options, reader) {
        const begun = performance.now();
        let first = true;
        return engine.containers.drainLogs(id, tty, options, {
          ...reader,
          frame(...frame) {
            reader.frame(...frame);
            if (first && options.since !== undefined) waits.push(performance.now() - begun);
            first = false;
          },
        });
      },
    },
  };
  const lines = 40_000;
  try {
    const container = await start('cut', lines, 4000);
    const seen = await following(timedEngine, [container], 'all', async (logs) => {
      for (let part = 1; part < 10; part += 1) {
        await arrived(logs, (lines / 10) * part);
        proxy.cut();
      }
      await arrived(logs, lines);
      await pause(300);
      return (await logs.read({ ...all, limit: 1, waitMs: 0 }, never)).cursor;
    });
    report('lines lost or doubled over 9 cuts', Math.abs(seen - lines), 0, 'lines');
    report('resume after a cut connection, request to first line', median(waits), 50, 'ms', `${waits.length} cuts`);
  } finally {
    engine.dispose();
    await proxy.dispose();
  }
}

/** Fifty containers at once. */
async function many(engine: DockerGateway): Promise<void> {
  const [count, lines] = [50, 1000];
  const containers: LogContainer[] = [];
  for (let index = 0; index < count; index += 1) containers.push(await start(`many${index}`, lines, 200));
  const page = await following(engine, containers, 'all', async (logs) => {
    await arrived(logs, count * lines);
    await pause(500);
    return logs.read({ ...all, limit: 1, waitMs: 0 }, never);
  });
  report(`lines lost or doubled of ${count} containers`, Math.abs(page.cursor - count * lines), 0, 'lines');
}
