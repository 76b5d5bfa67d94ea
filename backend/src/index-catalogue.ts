import { fileURLToPath } from 'node:url';
import { runTask } from '@shop/service/process/task';
import { embeddedCatalogue, loadCatalogue } from './catalogue/load.ts';
import { configDefinition } from './config.ts';
import { indexCatalogue } from './providers/index-catalogue.ts';

/** Writes the catalogue into the Pinecone index of the configuration: after the first start, and whenever it changed. */
await runTask('backend', fileURLToPath(new URL('..', import.meta.url)), configDefinition, async (config, logger) => {
  const catalogue = await loadCatalogue(config.catalogueDir ?? embeddedCatalogue);
  const { written, deleted } = await indexCatalogue(config, catalogue, logger);
  const log = logger.child({ logger: 'main', module: 'index-catalogue' });
  log.info({ written, deleted }, `the index has the ${written} passages of the catalogue`);
});
