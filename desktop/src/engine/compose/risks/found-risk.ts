import { say } from '#kit/say.ts';
import type { ModelRisk } from '../model.ts';
import type { Path } from '../tree/path.ts';

/** A risk that still has to be given its place in the files. */
export interface FoundRisk extends Omit<ModelRisk, 'place'> {
  readonly path: Path;
}

/** What is said of a risk; the rest follows from where it stands. */
export interface Said {
  readonly kind: ModelRisk['kind'];
  readonly level: ModelRisk['level'];
  /** Follows the name of who asks for it: `is privileged`. */
  readonly words: string;
  /** Tells values of a list apart, in the id. */
  readonly value?: string;
  readonly power?: string;
}

/** Takes risks of one service, secret, config or volume; `at` is the way from there. */
export type Report = (at: Path, said: Said) => void;

/** Gathers what one of a section asks for, each thing once. */
export function reporter(found: Map<string, FoundRisk>, section: string, user: string): Report {
  return (at, { kind, level, words, value, power }) => {
    const keys = at.filter((part) => !part.startsWith('['));
    const id = `${section}.${user}.${keys.join('.')}${value === undefined ? '' : `=${value}`}`;
    if (found.has(id)) return;
    const message = riskWords(section, user, words);
    const owned = power === undefined ? {} : { power: `${powerOwner(section, user)}/${power}` };
    found.set(id, { id, kind, level, user, message, ...owned, path: [section, user, ...at] });
  };
}

function riskWords(section: string, user: string, words: string): string {
  switch (section) {
    case 'services':
      return say`the service ${user} ${words}`;
    case 'secrets':
      return say`the secret ${user} ${words}`;
    case 'configs':
      return say`the config ${user} ${words}`;
    default:
      return say`the volume ${user} ${words}`;
  }
}

/** Secrets and configs are mounted into whichever service names them; a service has its powers for itself. */
function powerOwner(section: string, user: string): string {
  return section === 'secrets' || section === 'configs' ? '*' : `${section}.${user}`;
}
