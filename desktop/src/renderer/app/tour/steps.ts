import type { PanelPage } from '../pages.ts';

/** One step of the tour, on the page that it is about. */
export interface TourStep {
  readonly page: PanelPage['to'];
  readonly id: 'state' | 'start' | 'logs' | 'releases';
}

/** What somebody sees who opens the panel for the first time. */
export const tourSteps: readonly [TourStep, TourStep, TourStep, TourStep] = [
  { page: '/stack', id: 'state' },
  { page: '/stack', id: 'start' },
  { page: '/logs', id: 'logs' },
  { page: '/releases', id: 'releases' },
];

/** The step after or before one; nothing behind the last. */
export function stepFrom(at: number, by: 1 | -1): number | undefined {
  const next = Math.max(0, at + by);
  return next < tourSteps.length ? next : undefined;
}
