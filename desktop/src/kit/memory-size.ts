const units = ['bytes', 'KB', 'MB', 'GB', 'TB'];

/**
 * Memory for people, in the units in which compose files give limits, so that `64m` is `64 MB`: `512 KB`, `1.5 GB`. `write`: how
 * the reader's language writes a number.
 */
export function memorySize(bytes: number, write: (value: number) => string = String): string {
  const power = Math.min(Math.floor(Math.log2(Math.max(bytes, 1)) / 10), units.length - 1);
  return `${write(Number((bytes / 1024 ** power).toFixed(1)))} ${units[power] ?? ''}`;
}
