import { enableCompileCache } from 'node:module';

// Has to happen before anything large is loaded, hence the import below.
enableCompileCache();
const { run } = await import('./run.ts');
process.exitCode = await run(process.argv.slice(2));
