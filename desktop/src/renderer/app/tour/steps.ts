import type { PanelPage } from '../pages.ts';

/** One step of the tour: what it says, on the page that it is about. */
export interface TourStep {
  readonly page: PanelPage['to'];
  readonly title: string;
  readonly text: string;
}

/** What somebody sees who opens the panel for the first time. */
export const tourSteps: readonly [TourStep, TourStep, TourStep, TourStep] = [
  {
    page: '/stack',
    title: 'This page says how your stack is',
    text: 'The state in one sentence at the top; below it every service, its address to click, and the reason where something is not as it should be.',
  },
  {
    page: '/stack',
    title: 'One button starts everything',
    text: 'It first looks for what would go wrong, makes what is missing, and waits until every service is well. You can leave the page meanwhile.',
  },
  {
    page: '/logs',
    title: 'What all services say, in one list',
    text: 'In the order of time, with search and filters. Click the id of a request to follow it from service to service.',
  },
  {
    page: '/releases',
    title: 'You can always go back',
    text: 'Each deployment is kept whole. Going back shows its plan first, and reads back afterwards what really runs.',
  },
];

/** The step after or before one; nothing behind the last. */
export function stepFrom(at: number, by: 1 | -1): number | undefined {
  const next = Math.max(0, at + by);
  return next < tourSteps.length ? next : undefined;
}
