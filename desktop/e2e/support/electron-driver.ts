import { _electron } from '@playwright/test';
import { built, collectProblems, desktopFolder, hostEnvironment, type LaunchOptions, type RunningApp } from './app.ts';

/** The built app in the real Electron; only where its binary is installed. */
export async function launchElectron({ directory, env, args = [] }: LaunchOptions): Promise<RunningApp> {
  built('main', 'index.js');
  const app = await _electron.launch({ args: [desktopFolder, '-C', directory, ...args], env: hostEnvironment(env) });
  let text = '';
  for (const stream of [app.process().stdout, app.process().stderr]) {
    stream?.on('data', (chunk: Buffer) => {
      text += chunk.toString();
    });
  }
  const page = await app.firstWindow();
  const problems: string[] = [];
  collectProblems(page, problems);
  return {
    page,
    problems,
    calls: [],
    output: () => text,
    desktop() {
      throw new Error('Only the double has a desktop that a test can act on.');
    },
    close: () => app.close(),
  };
}
