import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { chromium } from '@playwright/test';
import type { DoubleReport, DoubleRequest } from '#testing/electron-double/control.ts';
import {
  built,
  collectProblems,
  type DesktopCall,
  desktopFolder,
  hostEnvironment,
  type LaunchOptions,
  type RunningApp,
} from './app.ts';
import { ended, outputOf } from './child.ts';

const startMs = 45_000;

/** The built Electron app, with the double in the place of Electron. */
export async function launchDouble({ directory, env, args: more = [] }: LaunchOptions): Promise<RunningApp> {
  const register = join(desktopFolder, 'src', 'testing', 'electron-double', 'register.ts');
  const args = ['--import', register, built('main', 'index.js'), '-C', directory, ...more];
  const app = spawn(process.execPath, args, { env: hostEnvironment(env), stdio: ['ignore', 'pipe', 'pipe', 'ipc'] });
  const output = outputOf(app);
  const problems: string[] = [];
  const calls: DesktopCall[] = [];
  const opened = Promise.withResolvers<string>();
  app.on('message', (message) => {
    const report = message as DoubleReport;
    if (report.kind === 'window') opened.resolve(report.endpoint);
    else if (report.kind === 'call') calls.push(report);
    else {
      problems.push(report.message);
      opened.reject(new Error(report.message));
    }
  });
  app.once('exit', (code) => {
    opened.reject(new Error(`The app ended with ${String(code)} before it opened a window:\n${output.text()}`));
  });
  const timer = setTimeout(() => {
    opened.reject(new Error(`The app opened no window:\n${output.text()}`));
  }, startMs);
  try {
    const browser = await chromium.connectOverCDP(await opened.promise);
    const page = browser.contexts()[0]?.pages()[0];
    if (!page) throw new Error('The window has no page.');
    collectProblems(page, problems);
    return {
      page,
      problems,
      calls,
      output: output.text,
      desktop: (request) => app.send(request),
      async close() {
        if (app.connected) app.send({ kind: 'close-window' } satisfies DoubleRequest);
        const status = await ended(app);
        if (status !== 0) throw new Error(`The app ended with ${String(status)}:\n${output.text()}`);
      },
    };
  } catch (error) {
    app.kill('SIGKILL');
    throw error;
  } finally {
    clearTimeout(timer);
  }
}
