import { watch } from 'node:fs';
import { basename, dirname } from 'node:path';
import type { User } from '#contract/index.ts';
import { createBottleneck } from './bottleneck.ts';
import { isPassword, nobodysPassword } from './password.ts';
import { type Account, readUsers } from './users-file.ts';

/** Somebody who signed in. `stamp` is another as soon as their role or password is. */
export interface SignedIn {
  readonly user: User;
  readonly stamp: string;
}

/** Who may sign in to a shared panel, as the users file says at any moment. */
export interface Accounts {
  /** Takes as long for a name that nobody has. `busy` = too many at once, nothing was looked at. */
  check(name: string, password: string): Promise<SignedIn | undefined | 'busy'>;
  /** Whether there is an account of that name. */
  knows(name: string): boolean;
  /** Whether a user still is who they were when they signed in. */
  holds(name: string, stamp: string): boolean;
  close(): void;
}

/**
 * Reads a users file and follows its changes; `onChange` is told after each. While the file cannot be read there are no users, and
 * `onTrouble` is told why. Throws FILE_REFUSED where it cannot be read to begin with.
 */
export async function openAccounts(
  path: string,
  onChange: () => void,
  onTrouble: (error: unknown) => void,
): Promise<Accounts> {
  let users: readonly Account[] = await readUsers(path);
  const bottleneck = createBottleneck();
  const reload = async (): Promise<void> => {
    try {
      users = await readUsers(path);
    } catch (error) {
      users = [];
      onTrouble(error);
    }
    onChange();
  };
  const watcher = watch(dirname(path), (_event, name) => {
    if (name === null || name === basename(path)) void reload();
  });
  watcher.on('error', onTrouble);
  return {
    async check(name, password) {
      const answer = await bottleneck.run(async () => {
        const found = users.find((one) => one.name === name);
        const right = await isPassword(password, found?.password ?? nobodysPassword);
        return right ? found : undefined;
      });
      // Meanwhile the account may have become another one.
      if (answer === 'busy' || answer === undefined || !users.includes(answer))
        return answer === 'busy' ? answer : undefined;
      return { user: { name: answer.name, role: answer.role }, stamp: stampOf(answer) };
    },
    knows: (name) => users.some((one) => one.name === name),
    holds(name, stamp) {
      const found = users.find((one) => one.name === name);
      return found !== undefined && stampOf(found) === stamp;
    },
    close() {
      watcher.close();
    },
  };
}

function stampOf({ role, password }: Account): string {
  return `${role} ${password.hash}`;
}
