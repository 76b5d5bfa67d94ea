import { readFileSync } from 'node:fs';
import { z } from 'zod';

const manifest = z.object({ version: z.string() });

/** The version of this build: what the image says, else what package.json says. */
export function versionOf(configured: string | undefined, packageFile: string): string {
  return configured ?? manifest.parse(JSON.parse(readFileSync(packageFile, 'utf8'))).version;
}
