import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { folderWith } from '../fixtures/folder.ts';
import { docker } from '../fixtures/real-engine.ts';
import { parseDockerfile } from './parse.ts';

/** The line at which the reference builder sees the instruction WRONG. */
async function lineOfWrong(text: string): Promise<number> {
  const folder = await folderWith({ Dockerfile: text });
  const said = await docker('buildx', 'build', '-q', folder).then(
    () => 'built',
    (error: unknown) => String(error),
  );
  const line = /parse error on line (\d+): unknown instruction: WRONG/i.exec(said)?.[1];
  if (line === undefined) throw new Error(`${JSON.stringify(text)}: ${said}`);
  return Number(line);
}

function oursOf(text: string): number | undefined {
  return parseDockerfile(text).instructions.find(({ keyword }) => keyword === 'WRONG')?.line;
}

describe('the line of an instruction is that of the reference builder', () => {
  test.each([
    'FROM scratch\nWRONG',
    '# a\n\n  # b\n FROM scratch\n\n\twrong x',
    'FROM scratch\nRUN a \\\n b \\\n\n # c\n\n d\nWRONG',
    'FROM scratch\nRUN a \\\n # c\n\nWRONG is text\nWRONG',
    'FROM scratch\nRUN <<EOF\nWRONG\n EOF\nEOF\nWRONG',
    'FROM scratch\nRUN <<-EOF\nWRONG\n\tEOF\nWRONG',
    'FROM scratch\nRUN <<A cat <<"B C" <<\'D\'\nA\nWRONG\nB C\nWRONG\nD\nWRONG',
    'FROM scratch\nCOPY <<a <<b /x/\nWRONG\na\nb\nWRONG',
    'FROM scratch\nRUN echo "<<EOF" x<<EOF <<<EOF\nWRONG',
    'FROM scratch\nRUN cat 3<<EOF\nx\nEOF\nWRONG',
    'FROM scratch\nLABEL a="<<EOF" b=<<EOF\nWRONG',
    'FROM scratch\nONBUILD RUN <<EOF\nWRONG\nEOF\nWRONG',
    'FROM scratch\nRUN x\\\\\nWRONG',
    'FROM scratch\nRUN x\\ \t\n y\nWRONG',
    '# escape=`\nFROM scratch\nRUN a `\n b\nRUN c:\\\nWRONG',
    '# escape = `\n# syntax-not\nFROM scratch\nRUN a `\n b\nWRONG',
    '# text\n# escape=`\nFROM scratch\nRUN a `\nWRONG',
    '\uFEFFFROM scratch\r\nRUN a \\\r\n b\r\nWRONG\r\n',
    'FROM scratch\nRUN <<EOF\r\nx\r\nEOF\r\nWRONG',
    'FROM scratch\nRUN a \\\n<<EOF\nx\nEOF\nWRONG',
    'FROM scratch\nRUN <<EOF \\\n b\nx\nEOF\nWRONG',
    'FROM scratch\n\u00a0# nbsp\nWRONG',
  ])('%j', async (text) => {
    expect(oursOf(text)).toBe(await lineOfWrong(text));
  });

  test('for any mixture of comments, continuation lines and here-documents', async () => {
    const piece = fc.constantFrom(
      'RUN a',
      'RUN a \\\n  b',
      'RUN a \\\n# c\n\n  b \\\n c',
      '# comment \\',
      '',
      '   ',
      'RUN <<E\nWRONG\n\\\nE',
      'COPY <<-"E" /x\n\tb\n\tE',
      'ENV a="b \\\nWRONG"',
      'RUN echo \'<<E\' "\\"<<E"',
      'LABEL x=<<E',
    );
    const texts = fc.array(piece, { maxLength: 8 }).map((parts) => ['FROM scratch', ...parts, 'WRONG', ''].join('\n'));
    for (const text of fc.sample(texts, 12)) expect.soft(oursOf(text), text).toBe(await lineOfWrong(text));
  });
});
