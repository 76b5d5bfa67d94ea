import { expect, onTestFinished, test, vi } from 'vitest';
import type { LogLine } from '#contract/index.ts';
import { engineWithLog } from '../fixtures/log-engine.ts';
import { createProjectLogs, type ProjectLogs } from '../project-logs.ts';
import { PAGE_BYTES } from '../search/page-size.ts';

const never = new AbortController().signal;
const filter = { services: [], levels: [], search: '' };
const count = 900;
const held = 100;
const written = Array.from({ length: count }, (_, n) => `line ${n}`);
const said = "Lines of web-1 may be missing here: the engine's answer broke off.";

const textsOf = (lines: readonly LogLine[]): string[] => lines.map(({ text }) => text);

/** The last lines of a log are held; what answers keep of those that are asked for from now on is said by `keeps`. */
async function logsWithPast(lines: readonly string[], keeps: (asked: number) => number, perSecond = 5) {
  let held: string | undefined;
  const gateway = await engineWithLog(lines, {
    perSecond,
    keeps: (asked) => (held === undefined || asked === 1 ? asked : keeps(asked)),
  });
  const logs = createProjectLogs({ gateway, tail: 100 });
  onTestFinished(() => {
    logs.dispose();
  });
  logs.setContainers([{ id: 'web', name: 'web-1', service: 'web', tty: false, running: false }]);
  await vi.waitFor(async () => {
    expect(logs.active).toBe(0);
    ({ earlier: held } = await logs.read({ filter, limit: 1, waitMs: 0 }, never));
    expect(held).toBeDefined();
  });
  return { logs, earlier: held ?? '' };
}

const pageBefore = (logs: ProjectLogs, backFrom: string, limit = 200) =>
  logs.read({ filter, limit, waitMs: 0, backFrom }, never);

test('a page of the past whose answer breaks off is read again', async () => {
  let left = 2;
  const { logs, earlier } = await logsWithPast(written, (asked) => (left-- > 0 ? asked - 150 : asked));
  const { lines } = await pageBefore(logs, earlier);
  const end = count - held + 1;
  expect(textsOf(lines)).toEqual(written.slice(end - 200, end));
});

test('where every answer breaks off behind some lines, the page says that others may be missing', async () => {
  const { logs, earlier } = await logsWithPast(written, (asked) => Math.max(1, asked - 250));
  const { lines } = await pageBefore(logs, earlier);
  expect(lines.at(-1)).toMatchObject({ stream: 'marker', text: said, time: earlier });
  const shown = textsOf(lines.slice(0, -1));
  expect(shown.length).toBeGreaterThan(10);
  expect(shown).toEqual(written.slice(written.indexOf(shown[0] ?? '')).slice(0, shown.length));
});

test('where nothing came before the answer broke off, there is no page', async () => {
  const { logs, earlier } = await logsWithPast(written, () => 0);
  await expect(pageBefore(logs, earlier)).rejects.toMatchObject({
    code: 'ENGINE_DOWN',
    message: 'The log of web-1 broke off before its newest line.',
  });
});

test('the past is read within the range of the filter: neither above nor below', async () => {
  const { logs, earlier } = await logsWithPast(written, (asked) => asked);
  const at = (n: number): string => new Date(Date.parse('2026-11-27T00:00:00Z') + n * 200).toISOString();
  const range = { ...filter, from: at(250), to: at(300) };
  const found: string[] = [];
  let pages = 0;
  for (let before: string | undefined = earlier; before !== undefined; pages += 1) {
    const page = await logs.read({ filter: range, limit: 60, waitMs: 0, backFrom: before }, never);
    found.unshift(...textsOf(page.lines).filter((text) => !found.includes(text)));
    before = page.earlier;
  }
  expect(found).toEqual(written.slice(250, 300));
  expect(pages).toBe(1);
});

test('a page of the past is full at the same size as others, as it is sent', async () => {
  const long = Array.from({ length: count }, (_, n) => `${n} ${'\u0001'.repeat(4000)}`);
  const { logs, earlier } = await logsWithPast(long, (asked) => asked, 2000);
  const { lines, more } = await pageBefore(logs, earlier, 2000);
  const sent = Buffer.byteLength(JSON.stringify(textsOf(lines)));
  expect(sent).toBeLessThanOrEqual(PAGE_BYTES);
  expect(sent).toBeGreaterThan(PAGE_BYTES * 0.98);
  expect(more).toBe(true);
});
