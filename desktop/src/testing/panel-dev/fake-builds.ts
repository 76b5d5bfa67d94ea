import type { BuildRecord, BuildStep } from '#contract/index.ts';
import { ago } from './clock.ts';

const step = (id: string, name: string, from: number, seconds: number, more: Partial<BuildStep> = {}): BuildStep => ({
  id,
  name,
  cached: false,
  startedAt: ago(from),
  completedAt: ago(from - seconds),
  seconds,
  ...more,
});

function build(
  id: string,
  service: string,
  begun: number,
  seconds: number,
  steps: BuildStep[],
  more: Partial<BuildRecord> = {},
): BuildRecord {
  return {
    id,
    service,
    image: `shop-dev-${service}`,
    startedAt: ago(begun),
    seconds,
    outcome: 'done',
    stepCount: steps.length,
    cachedCount: steps.filter(({ cached }) => cached).length,
    steps,
    logs: [{ step: 'ci', lines: ['added 214 packages in 9s', '', '41 packages are looking for funding'], hidden: 0 }],
    ...more,
  };
}

const usual = (begun: number): BuildStep[] => [
  step('base', 'FROM node:24-bookworm-slim', begun, 0.2, { cached: true, stage: 'base 1/2' }),
  step('copy', 'COPY package.json package-lock.json ./', begun - 0.4, 0.3, { stage: 'dependencies 1/2' }),
  step('ci', 'RUN npm ci', begun - 0.7, 11.4, { stage: 'dependencies 2/2' }),
  step('compile', 'RUN npm run build', begun - 12.2, 4.1, { stage: 'builder 2/2' }),
  step('export', 'exporting to image', begun - 16.4, 1.2),
];

/** What the panel shows of builds while it is worked on: one that failed, and two that went well. */
export const builds: BuildRecord[] = [
  build(
    'op-9.frontend',
    'frontend',
    600,
    9.2,
    [
      step('base', 'FROM node:24-bookworm-slim', 600, 0.2, { cached: true, stage: 'base 1/2' }),
      step('ci', 'RUN npm ci', 600, 0, { cached: true, stage: 'dependencies 2/2' }),
      step('compile', 'RUN npm run build', 599, 7.9, { stage: 'builder 2/2', error: 'exit code: 2' }),
    ],
    {
      outcome: 'failed',
      logs: [{ step: 'compile', lines: ["src/page/app.tsx(14,3): error TS2304: Cannot find name 'Cart'."], hidden: 0 }],
      problem: {
        code: 'BUILD_FAILED',
        message: 'The image of frontend could not be built: RUN npm run build ended with exit code 2.',
        remedy: 'Mend what the step says, then build again.',
        details: {
          dockerfile: 'docker/frontend.Dockerfile',
          excerpt: [
            { line: 31, text: 'COPY frontend frontend', failing: false },
            { line: 32, text: 'RUN npm run build', failing: true },
            { line: 33, text: '', failing: false },
          ],
          output: ["src/page/app.tsx(14,3): error TS2304: Cannot find name 'Cart'."],
        },
      },
    },
  ),
  build('op-8.backend', 'backend', 3600, 17.6, usual(3600)),
  build('op-7.backend', 'backend', 90_000, 31, usual(90_000)),
];
