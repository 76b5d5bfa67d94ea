import { QuaysideError, type Role, type User } from '#contract/index.ts';
import { hashPassword } from './password.ts';
import { type Account, changeUsers, readUsers, userName } from './users-file.ts';

const shortest = 12;
const longest = 1024;

/** Everybody in a users file, by name. */
export async function listUsers(path: string): Promise<User[]> {
  const users = await readUsers(path);
  return users.map(({ name, role }) => ({ name, role })).sort((a, b) => a.name.localeCompare(b.name));
}

/** Throws NAME_TAKEN, USAGE. */
export async function addUser(path: string, { name, role }: User, password: string): Promise<void> {
  checkName(name);
  checkPassword(password);
  const hash = await hashPassword(password);
  await changeUsers(path, (users) => {
    if (users.some((one) => one.name === name)) {
      throw new QuaysideError('NAME_TAKEN', `There is a user ${name} already.`, {
        remedy: `Change the role with users role, the password with users password.`,
      });
    }
    return [...users, { name, role, password: hash }];
  });
}

/** Throws USAGE where there is nobody of that name. */
export async function removeUser(path: string, name: string): Promise<void> {
  await changeUsers(path, (users) => {
    const gone = userNamed(users, name);
    return users.filter((one) => one !== gone);
  });
}

/** Throws USAGE where there is nobody of that name. */
export async function setRole(path: string, name: string, role: Role): Promise<void> {
  await changeUsers(path, (users) => replaced(users, name, { role }));
}

/** Throws USAGE where there is nobody of that name, or where the password is too short. */
export async function setPassword(path: string, name: string, password: string): Promise<void> {
  checkPassword(password);
  const hash = await hashPassword(password);
  await changeUsers(path, (users) => replaced(users, name, { password: hash }));
}

function replaced(users: Account[], name: string, change: Partial<Account>): Account[] {
  const found = userNamed(users, name);
  return users.map((one) => (one === found ? { ...one, ...change } : one));
}

function userNamed(users: readonly Account[], name: string): Account {
  const found = users.find((one) => one.name === name);
  if (found) return found;
  throw new QuaysideError('USAGE', `There is no user ${name}.`, {
    remedy: `Users: ${users.map((one) => one.name).join(', ') || 'none'}.`,
  });
}

function checkName(name: string): void {
  if (userName.safeParse(name).success) return;
  throw new QuaysideError('USAGE', `"${name}" cannot be a user name.`, {
    remedy: 'Use up to 64 small letters, digits and . _ @ -, with a letter or digit first.',
  });
}

function checkPassword(password: string): void {
  if (password.length >= shortest && password.length <= longest) return;
  throw new QuaysideError('USAGE', `A password has ${shortest} to ${longest} characters.`, {
    remedy: 'Several words that do not belong together are long enough and can be remembered.',
  });
}
