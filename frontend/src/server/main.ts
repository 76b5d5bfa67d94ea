import { fileURLToPath } from 'node:url';
import { run } from './process/run.ts';
import { startService } from './service.ts';

await run('frontend', fileURLToPath(new URL('../..', import.meta.url)), startService);
