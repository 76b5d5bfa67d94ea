const step = 8;

/** Where a key leads in a list of `length`; nothing for keys that lead nowhere. */
export function paletteStep(key: string, at: number, length: number): number | undefined {
  if (length === 0) return undefined;
  switch (key) {
    case 'ArrowDown':
      return (at + 1) % length;
    case 'ArrowUp':
      return (at - 1 + length) % length;
    case 'PageDown':
      return Math.min(at + step, length - 1);
    case 'PageUp':
      return Math.max(at - step, 0);
    case 'Home':
      return 0;
    case 'End':
      return length - 1;
    default:
      return undefined;
  }
}
