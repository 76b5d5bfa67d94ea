import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { type InjectedFile, injectedFiles } from '../translate/files.ts';
import { type RunContext, requiredModel, serviceModel } from './context.ts';

/** Copies the secrets and configs of a service that are no files into a container that does not run. */
export async function injectFiles(context: RunContext, serviceName: string, container: string): Promise<void> {
  for (const file of injectedFiles(serviceModel(context, serviceName), requiredModel(context))) {
    const options = { ownByUser: file.owned };
    await context.gateway.containers.putArchive(container, '/', await archive(file), options);
  }
}

async function archive(file: InjectedFile): Promise<Uint8Array> {
  // Loaded here because few stacks have such files.
  const { pack } = await import('tar-stream');
  const tar = pack();
  const { mode, uid, gid } = file;
  tar.entry({ name: file.target, mode, uid, gid, mtime: new Date() }, file.content);
  tar.finalize();
  return buffer(Readable.from(tar, { objectMode: false }));
}
