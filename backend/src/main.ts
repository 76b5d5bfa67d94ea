import { fileURLToPath } from 'node:url';
import { run } from '@shop/service/process/run';
import { configDefinition } from './config.ts';
import { startService } from './service.ts';

await run('backend', fileURLToPath(new URL('..', import.meta.url)), configDefinition, startService);
