import { once } from 'node:events';
import { mkdirSync } from 'node:fs';
import { createStream, type RotatingFileStream } from 'rotating-file-stream';

/** A log file never grows beyond `size` (as in `10M`); with it, `files` of that size are kept. */
export interface Rotation {
  readonly size: `${number}${'B' | 'K' | 'M'}`;
  readonly files: number;
}

const standard: Rotation = { size: '10M', files: 5 };

/** The log files of a process: everything, what went wrong, and one line per request. */
export interface LogFiles {
  readonly app: RotatingFileStream;
  readonly error: RotatingFileStream;
  readonly access: RotatingFileStream;
  /** Resolves when everything is on disk. */
  close(): Promise<void>;
}

/** Opens `app_<environment>.log`, `error_…` and `access_…` in `directory`, and makes the directory where it is missing. A disk that cannot be written to is told to `onError` and stops nothing. */
export function openLogFiles(
  directory: string,
  environment: string,
  onError: (error: Error) => void,
  rotation: Rotation = standard,
): LogFiles {
  mkdirSync(directory, { recursive: true });
  const open = (name: string) =>
    createStream(`${name}_${environment}.log`, {
      path: directory,
      size: rotation.size,
      rotate: rotation.files - 1,
    }).on('error', onError);
  const files = { app: open('app'), error: open('error'), access: open('access') };
  return {
    ...files,
    async close() {
      await Promise.all(
        Object.values(files).map(async (file) => {
          const finished = once(file, 'finish');
          file.end();
          await finished;
        }),
      );
    },
  };
}
