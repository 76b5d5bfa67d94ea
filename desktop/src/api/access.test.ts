import { createRouterClient, implement } from '@orpc/server';
import { expect, test } from 'vitest';
import { z } from 'zod';
import { type Access, admin } from '#contract/index.ts';
import { type Caller, gate, owner } from './access.ts';

const undeclared = { role: undefined } as unknown as Access;

test('a procedure that declares no role is answered to nobody, not even to the owner', async () => {
  const os = implement({ bare: admin.output(z.string()).meta(undeclared) })
    .$context<Caller>()
    .use(gate);
  const client = createRouterClient(os.router({ bare: os.bare.handler(() => 'done') }), { context: owner });
  await expect(client.bare()).rejects.toMatchObject({
    code: 'FORBIDDEN',
    message: expect.stringContaining('role') as string,
  });
});
