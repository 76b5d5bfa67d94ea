import { join } from 'node:path';
import { type MessagePortMain, utilityProcess } from 'electron';
import { answerSecret } from './answer-secrets.ts';
import type { EngineChild } from './engine-supervisor.ts';
import type { SecretStore } from './secret-store.ts';

/** Starts the engine process for a project folder, from the script beside this bundle. It gets at secrets by asking this process. */
export function spawnEngine(mainFolder: string, directory: string, secrets: SecretStore): EngineChild<MessagePortMain> {
  const child = utilityProcess.fork(join(mainFolder, 'engine-process.js'), ['-C', directory], {
    serviceName: 'Quayside engine',
    stdio: 'inherit',
  });
  child.on('message', (message: unknown) => {
    void answerSecret(secrets, message).then((answer) => {
      if (answer !== undefined) child.postMessage(answer);
    });
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
