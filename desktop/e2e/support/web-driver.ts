import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { chromium } from '@playwright/test';
import { chromiumArguments, chromiumPath } from '#testing/chromium.ts';
import { built, collectProblems, hostEnvironment, type LaunchOptions, type RunningApp } from './app.ts';
import { ended, outputOf } from './child.ts';

const startMs = 45_000;

/** The built web host in a process of its own, and the machine's Chromium. */
export async function launchWeb({ directory, env, args: more = [] }: LaunchOptions): Promise<RunningApp> {
  const args = [built('hosts', 'web.js'), '-C', directory, '--no-open', ...more];
  const host = spawn(process.execPath, args, { env: hostEnvironment(env), stdio: ['pipe', 'pipe', 'pipe'] });
  const output = outputOf(host);
  const link = await firstLink(host.stdout, output.text);
  const browser = await chromium.launch({ executablePath: chromiumPath(), args: [...chromiumArguments] });
  const page = await (await browser.newContext()).newPage();
  const problems: string[] = [];
  collectProblems(page, problems);
  await page.goto(link);
  return {
    page,
    problems,
    calls: [],
    pid: host.pid,
    output: output.text,
    desktop() {
      throw new Error('The web host has no desktop around it.');
    },
    async close() {
      await browser.close();
      host.kill('SIGTERM');
      const status = await ended(host);
      if (status !== 0) throw new Error(`The web host ended with ${String(status)}:\n${output.text()}`);
    },
  };
}

async function firstLink(stdout: NodeJS.ReadableStream, output: () => string): Promise<string> {
  const lines = createInterface({ input: stdout, signal: AbortSignal.timeout(startMs) });
  for await (const line of lines) {
    const link = /^Quayside panel: (http:\/\/127\.0\.0\.1:\d+\/\S*)$/.exec(line)?.[1];
    if (link !== undefined) return link;
  }
  throw new Error(`The web host printed no link:\n${output()}`);
}
