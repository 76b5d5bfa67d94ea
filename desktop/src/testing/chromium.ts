/** The browser for tests: the machine's own, or the one that CHROMIUM names. */
export function chromiumPath(): string {
  return process.env['CHROMIUM'] ?? '/usr/bin/chromium';
}

/** No sandbox of its own (test machines run as root or in containers), and nothing that asks the network. */
export const chromiumArguments: readonly string[] = [
  '--no-sandbox',
  '--disable-gpu',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** For pictures that are compared: an edge that is painted in two parts has other shades than one that is painted at once. */
export const stillArguments: readonly string[] = [...chromiumArguments, '--disable-partial-raster'];
