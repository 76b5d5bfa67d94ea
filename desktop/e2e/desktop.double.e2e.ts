import { basename } from 'node:path';
import type { Frame, JSHandle, Page } from '@playwright/test';
import { expect, test } from './support/test.ts';

test('the page sees nothing of Node, Electron or the bridge', async ({ launchApp, smallProject }) => {
  const { page } = await launchApp({ directory: smallProject });
  const leaks = await page.evaluate(() =>
    ['require', 'process', 'module', 'Buffer', 'electron', 'ipcRenderer', '__doubleSend', '__doubleReceive'].filter(
      (name) => name in window,
    ),
  );
  expect(leaks).toEqual([]);
});

/** Sends ports to the page as `frame`, with a call waiting on each; gives a function that tells how many were answered. */
async function offer(frame: Frame, message: string, count: number): Promise<JSHandle<() => number>> {
  return frame.evaluateHandle(
    ([text, ports]) => {
      let answered = 0;
      const channels = Array.from({ length: ports }, () => new MessageChannel());
      for (const { port1 } of channels) {
        port1.onmessage = () => {
          answered += 1;
        };
        port1.postMessage('{"i":"1","p":{"u":"/system/hello"}}');
      }
      const given = channels.map(({ port2 }) => port2);
      window.top?.postMessage(text, '*', given);
      return () => answered;
    },
    [message, count] as const,
  );
}

/** Whether any of the offered ports is served. A good port that is offered later and answered shows that it is too late. */
async function isServed(page: Page, frame: Frame, message: string, count: number): Promise<boolean> {
  const suspect = await offer(frame, message, count);
  const good = await offer(page.mainFrame(), 'quayside:connect', 1);
  await expect.poll(() => good.evaluate((answered) => answered()), { timeout: 30_000 }).toBe(1);
  return (await suspect.evaluate((answered) => answered())) > 0;
}

test('one port from the page itself is served, anything else is not', async ({ launchApp, smallProject }) => {
  const { page, problems } = await launchApp({ directory: smallProject });
  const attached = page.waitForEvent('frameattached');
  await page.evaluate(() => {
    document.body.append(document.createElement('iframe'));
  });
  const inner = await attached;
  expect(await isServed(page, page.mainFrame(), 'quayside:connect', 1)).toBe(true);
  expect(await isServed(page, inner, 'quayside:connect', 1)).toBe(false);
  expect(await isServed(page, page.mainFrame(), 'quayside:connect', 2)).toBe(false);
  expect(await isServed(page, page.mainFrame(), 'quayside:other', 1)).toBe(false);
  expect(problems).toEqual([]);
});

test('links leave for the browser only when they are known; the page goes nowhere', async ({
  launchApp,
  smallProject,
}) => {
  const { page, calls } = await launchApp({ directory: smallProject });
  const address = page.url();
  for (const url of ['https://docs.docker.com/compose/', 'https://evil.example/', 'http://localhost:8501/']) {
    await page.evaluate((target) => window.open(target), url);
  }
  const opened = (api: string) => calls.filter((call) => call.api === api).map((call) => call.args[0]);
  await expect.poll(() => opened('window.open')).toHaveLength(3);
  expect(opened('shell.openExternal')).toEqual(['https://docs.docker.com/compose/', 'http://localhost:8501/']);
  await page.evaluate(() => {
    location.href = 'https://evil.example/';
  });
  await expect.poll(() => opened('will-navigate')).toEqual(['https://evil.example/']);
  expect(page.url()).toBe(address);
});

test('the panel comes back after its engine process crashed', async ({ launchApp, smallProject }) => {
  const { page, problems, crashEngine } = await launchApp({ directory: smallProject });
  const name = page.getByText(basename(smallProject), { exact: true }).first();
  await expect(name).toBeVisible();
  crashEngine();
  await page.reload();
  await expect(name).toBeVisible();
  expect(problems).toEqual([]);
});
