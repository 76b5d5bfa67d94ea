import { randomBytes } from 'node:crypto';
import { docker } from './command.ts';

/** A network of its own for a test, gone at the end of the block that it is used in. */
export class TestNetwork implements AsyncDisposable {
  readonly name: string;

  constructor(name: string) {
    this.name = name;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await docker(['network', 'rm', this.name]);
  }
}

export async function createNetwork(): Promise<TestNetwork> {
  const name = `qs-test-${randomBytes(4).toString('hex')}`;
  await docker(['network', 'create', name]);
  return new TestNetwork(name);
}
