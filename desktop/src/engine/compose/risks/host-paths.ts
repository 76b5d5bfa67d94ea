import { realpathSync } from 'node:fs';
import { homedir } from 'node:os';
import { basename, dirname, join, relative, resolve, sep } from 'node:path';

/** Whoever can write to one of these, or to what lies below, can do everything on the machine. */
const systemFolders = [
  '/etc',
  '/root',
  '/proc',
  '/sys',
  '/dev',
  '/boot',
  '/usr',
  '/bin',
  '/sbin',
  '/lib',
  '/var/lib/docker',
];
/** These only as a whole: what lies below belongs to somebody. */
const wholeFolders = ['/', '/home', '/run', '/var', '/var/run', '/Users', '/System', '/Library'];
const keys = ['.ssh', '.docker', '.gnupg', '.aws', '.kube', '.config/gcloud'];
/** What images read to know the time of day here; read only they give nothing away. */
const clocks = ['/etc/localtime', '/etc/timezone'];

const isSocket = (path: string): boolean => /(?:docker|containerd|podman|crio)\.sock$/.test(path);

/** Whether a path of this machine gives power over the machine: system folders, keys of its user, the engine's socket. */
export function isPowerfulPath(path: string): boolean {
  const plain = path.replace(/\/+$/, '') || '/';
  if (isSocket(plain)) return true;
  if (wholeFolders.includes(plain) || plain === homedir() || /^[A-Za-z]:\\?$/.test(plain)) return true;
  const folders = [...systemFolders, ...keys.map((name) => join(homedir(), name))];
  return folders.some((folder) => plain === folder || plain.startsWith(`${folder}/`));
}

/** A path of the machine that a project uses and that is not its own. */
export interface HostPath {
  /** With symbolic links followed as far as it exists. */
  readonly target: string;
  readonly powerful: boolean;
  /** A file that says what time it is, read only. */
  readonly clock: boolean;
}

/** Tells the paths of a project folder from those of the rest of the machine, by where their symbolic links lead. */
export class ProjectHome {
  readonly #home: string;

  constructor(directory: string) {
    this.#home = realPath(directory);
  }

  /** Undefined for what lies in the project, and for what is no absolute path. */
  outside(path: unknown, readOnly = false): HostPath | undefined {
    if (typeof path !== 'string' || !/^(?:\/|[A-Za-z]:[\\/]|\\\\)/.test(path)) return undefined;
    const target = realPath(path);
    const way = relative(this.#home, target);
    const leaves = way === '..' || way.startsWith(`..${sep}`) || target === way;
    if (!leaves && !isSocket(target)) return undefined;
    return {
      target,
      powerful: isPowerfulPath(path) || isPowerfulPath(target),
      clock: readOnly && clocks.includes(path),
    };
  }
}

/** The path with the symbolic links followed of what exists of it: a link halfway leads what is made below it elsewhere. */
function realPath(path: string): string {
  const plain = resolve(path);
  try {
    return realpathSync.native(plain);
  } catch {
    const above = dirname(plain);
    return above === plain ? plain : join(realPath(above), basename(plain));
  }
}
