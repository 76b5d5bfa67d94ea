import type { Role } from '#contract/index.ts';
import { addUser } from '#hosts/web/index.ts';

/** The password of everybody in a users file that a test makes. */
export const testPassword = 'seven blue herons';

/** Adds somebody of that name and role, through what the command does. */
export async function withUser(file: string, name: string, role: Role): Promise<void> {
  await addUser(file, { name, role }, testPassword);
}

/** Signs in as the page does; the secret of the session, or the status with which it was refused. */
export async function signInAs(origin: string, name: string, password = testPassword): Promise<string | number> {
  const response = await fetch(`${origin}/sign-in`, {
    method: 'POST',
    headers: { origin, 'content-type': 'application/json' },
    body: JSON.stringify({ name, password }),
  });
  return response.ok ? ((await response.json()) as { session: string }).session : response.status;
}
