import { readFileSync } from 'node:fs';
import { inRoot } from '../lib/paths.mjs';
import { main, misuse, Trouble } from '../lib/trouble.mjs';
import { differingFuses, packagedApp, wantedFuses } from './fuses.mjs';

/** After packaging: reads the fuses out of the executable in that folder and compares them with electron-builder.yml. */
await main(async () => {
  const [folder] = process.argv.slice(2);
  if (!folder)
    throw misuse('Name the folder that electron-builder wrote to.', 'Usage: node scripts/ci/read-fuses.mjs FOLDER');
  const wanted = wantedFuses(readFileSync(inRoot('electron-builder.yml'), 'utf8'));
  const app = packagedApp(folder);
  const differing = await differingFuses(app, wanted);
  if (differing.length > 0) {
    throw new Trouble(
      `${app}: ${differing.join('; ')}`,
      'Nothing of this may be released: see electronFuses in electron-builder.yml.',
    );
  }
  process.stdout.write(`${app}: ${Object.keys(wanted).length} fuses are as wanted\n`);
});
