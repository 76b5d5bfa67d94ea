import { describe, expect, test } from 'vitest';
import { parseDockerfile } from './parse.ts';

function shape(text: string): [string, number, number, string][] {
  return parseDockerfile(text).instructions.map(({ keyword, line, endLine, text: whole }) => [
    keyword,
    line,
    endLine,
    whole,
  ]);
}

describe('Dockerfile', () => {
  test('instructions span their continuation lines, with comments and blank lines between', () => {
    expect(shape('# top\nfrom a\n\nRUN one && \\\n  # why\n\n  two \\  \n  three\nCMD x')).toEqual([
      ['FROM', 2, 2, 'from a'],
      ['RUN', 4, 8, 'RUN one &&   two   three'],
      ['CMD', 9, 9, 'CMD x'],
    ]);
  });

  test('here-documents belong to their instruction', () => {
    const text =
      'FROM a\nRUN <<EOF cat <<-"B C"\nFROM no\nEOF\nCOPY no\n\t\tB C\nCOPY <<x /y\n x\nx\nRUN echo "<<no" a<<no <<<no\nUSER u';
    expect(shape(text).map(([keyword, line, endLine]) => [keyword, line, endLine])).toEqual([
      ['FROM', 1, 1],
      ['RUN', 2, 6],
      ['COPY', 7, 9],
      ['RUN', 10, 10],
      ['USER', 11, 11],
    ]);
  });

  test('the escape directive changes what continues a line', () => {
    expect(
      shape('# syntax=x\n# escape=`\nFROM a\nRUN c:\\\nRUN one `\n two').map(([, line, endLine]) => [line, endLine]),
    ).toEqual([
      [3, 3],
      [4, 4],
      [5, 6],
    ]);
    expect(shape('FROM a\n# escape=`\nRUN one `\nRUN two')).toHaveLength(3);
  });

  test('windows line ends, a byte order mark, a doubled escape and an open end are no trouble', () => {
    expect(shape('\uFEFFFROM a\r\nRUN one \\\r\n two\r\nRUN x\\\\\nRUN y \\')).toMatchObject([
      ['FROM', 1, 1, 'FROM a'],
      ['RUN', 2, 3, 'RUN one  two'],
      ['RUN', 4, 4, 'RUN x\\\\'],
      ['RUN', 5, 5, 'RUN y'],
    ]);
  });
});
