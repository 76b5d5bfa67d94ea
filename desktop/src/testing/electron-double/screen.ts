import { strict } from './strict.ts';

/** One screen without a bar. */
export const screen = strict('screen', {
  getAllDisplays: () => [strict('display', { workArea: { x: 0, y: 0, width: 1920, height: 1080 } })],
});
