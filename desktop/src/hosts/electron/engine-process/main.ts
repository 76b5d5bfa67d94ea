import { enableCompileCache } from 'node:module';

// Has to happen before anything large is loaded, hence the import below.
enableCompileCache();
const { run } = await import('./run.ts');
run(process.parentPort, process.argv.slice(2));
