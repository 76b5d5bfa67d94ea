import { z } from 'zod';

/** Where the window was, in screen coordinates of the whole desktop. */
const windowState = z.object({
  x: z.int(),
  y: z.int(),
  width: z.int().min(1),
  height: z.int().min(1),
  maximized: z.boolean(),
});
export type WindowState = z.infer<typeof windowState>;

export interface Area {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** Size and, where it is known and still on a screen, place of the window. */
export interface Placement {
  readonly width: number;
  readonly height: number;
  readonly x?: number;
  readonly y?: number;
  readonly maximized: boolean;
}

export const smallest = { width: 720, height: 480 };
const usual: Placement = { width: 1280, height: 832, maximized: false };
/** So much of the window has to be on a screen, for its title bar to be within reach. */
const withinReach = { width: 160, height: 48 };

function shared(from: number, length: number, otherFrom: number, otherLength: number): number {
  return Math.min(from + length, otherFrom + otherLength) - Math.max(from, otherFrom);
}

/**
 * The placement for what was kept (`undefined` or anything that cannot be understood: the usual one), on the work areas
 * of the screens that there are now. A screen that is gone must not take the window with it.
 */
export function placementOf(kept: unknown, areas: readonly Area[]): Placement {
  const state = windowState.safeParse(kept).data;
  if (state === undefined) return usual;
  const { x, y, width, height, maximized } = state;
  const area = areas.find(
    (one) =>
      shared(x, width, one.x, one.width) >= withinReach.width &&
      y >= one.y &&
      shared(y, height, one.y, one.height) >= withinReach.height,
  );
  if (area === undefined) return { ...usual, maximized };
  return {
    x,
    y,
    width: Math.max(smallest.width, Math.min(width, area.width)),
    height: Math.max(smallest.height, Math.min(height, area.height)),
    maximized,
  };
}
