import { homedir } from 'node:os';
import { join } from 'node:path';

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

/** Whether a path of this machine gives power over the machine: system folders, keys of its user, the engine's socket. */
export function isPowerfulPath(path: string): boolean {
  const plain = path.replace(/\/+$/, '') || '/';
  if (/(?:docker|containerd|podman|crio)\.sock$/.test(plain)) return true;
  if (wholeFolders.includes(plain) || plain === homedir() || /^[A-Za-z]:\\?$/.test(plain)) return true;
  const folders = [...systemFolders, ...keys.map((name) => join(homedir(), name))];
  return folders.some((folder) => plain === folder || plain.startsWith(`${folder}/`));
}

/** What ordinary servers need and most containers have anyway. */
const harmless = new Set(['NET_BIND_SERVICE', 'CHOWN', 'SETUID', 'SETGID']);

export function harmlessCapabilities(value: unknown): boolean {
  return (
    Array.isArray(value) &&
    value.every((name) => typeof name === 'string' && harmless.has(name.toUpperCase().replace(/^CAP_/, '')))
  );
}
