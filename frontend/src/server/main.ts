import { fileURLToPath } from 'node:url';
import { run } from '@shop/service/process/run';
import { configDefinition } from './config.ts';

await run('frontend', fileURLToPath(new URL('../..', import.meta.url)), configDefinition, async (context) => {
  // Only now: a configuration that is wrong is to be told at once, not after everything else is loaded.
  const { startService } = await import('./service.ts');
  return startService(context);
});
