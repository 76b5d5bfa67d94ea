import { join } from 'node:path';
import { type MessagePortMain, utilityProcess } from 'electron';
import type { EngineChild } from './engine-supervisor.ts';

/** Starts the engine process for a project folder, from the script beside this bundle. */
export function spawnEngine(mainFolder: string, directory: string): EngineChild<MessagePortMain> {
  const child = utilityProcess.fork(join(mainFolder, 'engine-process.js'), ['-C', directory], {
    serviceName: 'Quayside engine',
    stdio: 'inherit',
  });
  return {
    connect(port) {
      child.postMessage('connect', [port]);
    },
    stop() {
      child.postMessage('stop');
    },
    kill() {
      child.kill();
    },
    onExit(listener) {
      child.once('exit', listener);
    },
  };
}
