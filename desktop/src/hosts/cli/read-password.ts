import { emitKeypressEvents, type Key } from 'node:readline';
import { QuaysideError } from '#contract/index.ts';

/** A password, typed twice and unseen at a terminal; elsewhere the first line of standard input. Never an argument: others see those. */
export async function readPassword(): Promise<string> {
  if (!process.stdin.isTTY) return firstLine();
  const password = await typed('Password: ');
  if ((await typed('Once more: ')) === password) return password;
  throw new QuaysideError('USAGE', 'The two are not the same.', { remedy: 'Run the command again.' });
}

async function firstLine(): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of process.stdin) if (Buffer.isBuffer(chunk)) chunks.push(chunk);
  return (Buffer.concat(chunks).toString('utf8').split('\n')[0] ?? '').replace(/\r$/, '');
}

/** Nothing of it is shown, not even how long it is. */
function typed(prompt: string): Promise<string> {
  const { stdin } = process;
  process.stderr.write(prompt);
  emitKeypressEvents(stdin);
  stdin.setRawMode(true);
  stdin.resume();
  return new Promise((resolve, reject) => {
    let text = '';
    const end = (): void => {
      stdin.off('keypress', onKey);
      stdin.setRawMode(false);
      stdin.pause();
      process.stderr.write('\n');
    };
    const onKey = (letters: string | undefined, { name, ctrl }: Key): void => {
      if (ctrl === true && (name === 'c' || name === 'd')) {
        end();
        reject(new QuaysideError('OPERATION_CANCELLED', 'Nothing was changed.'));
      } else if (name === 'return' || name === 'enter') {
        end();
        resolve(text);
      } else if (name === 'backspace') text = text.replace(/.$/su, '');
      else if (ctrl !== true && letters !== undefined) text += letters;
    };
    stdin.on('keypress', onKey);
  });
}
