import type { TrayMark } from './tray-view.ts';

type Rgb = readonly [red: number, green: number, blue: number];
/** A point of the icon, both from 0 to 1. */
type Shape = (x: number, y: number) => boolean;

const colours: Readonly<Record<TrayMark, Rgb>> = {
  ok: [47, 158, 104],
  bad: [217, 72, 65],
  busy: [56, 124, 214],
  off: [122, 130, 140],
  unknown: [122, 130, 140],
};

const near = (x: number, y: number, toX: number, toY: number, radius: number): boolean =>
  (x - toX) ** 2 + (y - toY) ** 2 <= radius ** 2;

/** Whether a point is on the line between two others, `half` wide to either side. */
function onLine(
  x: number,
  y: number,
  [fromX, fromY, toX, toY]: readonly [number, number, number, number],
  half: number,
): boolean {
  const [dx, dy] = [toX - fromX, toY - fromY];
  const along = Math.max(0, Math.min(1, ((x - fromX) * dx + (y - fromY) * dy) / (dx * dx + dy * dy)));
  return near(x, y, fromX + along * dx, fromY + along * dy, half);
}

/** What is cut out of the square, so that the state can be told without its colour. */
const cut: Readonly<Record<TrayMark, Shape>> = {
  ok: (x, y) => onLine(x, y, [0.28, 0.52, 0.44, 0.68], 0.07) || onLine(x, y, [0.44, 0.68, 0.74, 0.34], 0.07),
  bad: (x, y) => onLine(x, y, [0.5, 0.26, 0.5, 0.54], 0.07) || near(x, y, 0.5, 0.73, 0.08),
  busy: (x, y) => [0.27, 0.5, 0.73].some((at) => near(x, y, at, 0.5, 0.085)),
  off: (x, y) => x > 0.33 && x < 0.67 && y > 0.33 && y < 0.67,
  unknown: (x, y) => onLine(x, y, [0.3, 0.5, 0.7, 0.5], 0.07),
};

function onSquare(x: number, y: number): boolean {
  const [low, high, round] = [0.06, 0.94, 0.2];
  const [cx, cy] = [Math.max(low + round, Math.min(high - round, x)), Math.max(low + round, Math.min(high - round, y))];
  return near(x, y, cx, cy, round);
}

const samples = 4;

/** The icon as `size` x `size` pixels of blue, green, red and alpha, as Electron takes a bitmap. */
export function drawTrayIcon(mark: TrayMark, size: number): Buffer {
  const [red, green, blue] = colours[mark];
  const pixels = Buffer.alloc(size * size * 4);
  for (let index = 0; index < size * size; index += 1) {
    let covered = 0;
    for (let sample = 0; sample < samples * samples; sample += 1) {
      const x = ((index % size) + ((sample % samples) + 0.5) / samples) / size;
      const y = (Math.floor(index / size) + (Math.floor(sample / samples) + 0.5) / samples) / size;
      if (onSquare(x, y) && !cut[mark](x, y)) covered += 1;
    }
    const alpha = covered / (samples * samples);
    // Electron expects colours that are multiplied by their alpha already.
    pixels.set([blue * alpha, green * alpha, red * alpha, 255 * alpha].map(Math.round), index * 4);
  }
  return pixels;
}
