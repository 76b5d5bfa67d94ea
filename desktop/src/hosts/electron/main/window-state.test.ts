import { expect, test } from 'vitest';
import { placementOf } from './window-state.ts';

const screen = { x: 0, y: 0, width: 1920, height: 1040 };
const second = { x: 1920, y: 0, width: 1280, height: 1000 };
const kept = { x: 100, y: 80, width: 1000, height: 700, maximized: false };
const usual = { width: 1280, height: 832, maximized: false };

test('a window comes back where it was', () => {
  expect(placementOf(kept, [screen])).toEqual(kept);
  expect(placementOf({ ...kept, x: 2000, maximized: true }, [screen, second])).toEqual({
    ...kept,
    x: 2000,
    maximized: true,
  });
});

test('a screen that is gone does not take the window with it', () => {
  expect(placementOf({ ...kept, x: 2000 }, [screen])).toEqual(usual);
  expect(placementOf({ ...kept, maximized: true, y: -900 }, [screen])).toEqual({ ...usual, maximized: true });
});

test('its title bar is within reach', () => {
  expect(placementOf({ ...kept, x: 1900 }, [screen])).toEqual(usual);
  expect(placementOf({ ...kept, y: -20 }, [screen])).toEqual(usual);
  expect(placementOf({ ...kept, x: -300 }, [screen])).toEqual({ ...kept, x: -300 });
});

test('it is no larger than the screen and no smaller than what can be used', () => {
  expect(placementOf({ ...kept, width: 4000, height: 3000 }, [screen])).toMatchObject({ width: 1920, height: 1040 });
  expect(placementOf({ ...kept, width: 200, height: 100 }, [screen])).toMatchObject({ width: 720, height: 480 });
});

test.each([undefined, null, 'x', {}, { ...kept, width: 'wide' }, { ...kept, x: 0.5 }, { ...kept, height: 0 }])(
  '%j is taken for the usual place',
  (value) => {
    expect(placementOf(value, [screen])).toEqual(usual);
  },
);
