import { describe, expect, test } from 'vitest';
import { prepareBuild } from '../context/prepare.ts';
import { folderWith } from '../fixtures/folder.ts';
import { requestFor } from '../fixtures/request.ts';
import { checkClassic } from './limits.ts';
import { ClassicProgress } from './progress.ts';

/** What the builder prints for these texts, in the words of the trace. */
function told(...texts: string[]) {
  const progress = new ClassicProgress();
  return texts.map((text) => progress.text(text));
}

describe('progress', () => {
  test('output that looks like a step or like narration is output', () => {
    const [, , ...rest] = told('Step 1/3 : RUN x', '\n', 'Step 3/3 : fake', 'Step 2/9 : fake', ' ---> not an id\n');
    expect(rest.map(({ vertexes }) => vertexes.length)).toEqual([0, 0, 0]);
    expect(rest.flatMap(({ logs }) => logs.map(({ bytes }) => String(Buffer.from(bytes))))).toEqual([
      'Step 3/3 : fake',
      'Step 2/9 : fake',
      ' ---> not an id\n',
    ]);
  });

  test('narration of older and newer engines is none', () => {
    const narrated = told(
      'Step 1/1 : FROM x',
      '\n',
      ' ---> 0123456789ab\n',
      ' ---> Running in 0123456789ab\n',
      'Removing intermediate container 0123456789ab\n',
      ' ---> Removed intermediate container 0123456789ab\n',
      'Successfully built 0123456789ab\n',
      'Successfully tagged a/b:c\n',
    );
    expect(narrated.flatMap(({ logs }) => logs)).toEqual([]);
  });

  test('a warning of the builder is a warning', () => {
    const [warned] = told('[Warning] One or more build-args [Z] were not consumed\n');
    expect(warned?.warnings.map(({ text }) => text)).toEqual(['One or more build-args [Z] were not consumed']);
  });
});

describe('what the classic builder cannot do is refused before anything is sent', () => {
  test.each([
    ['RUN --mount=type=cache,target=/x true', 'RUN --mount'],
    ['RUN --network=none true', 'RUN --network'],
    ['RUN <<EOF\ntrue\nEOF', 'A here-document in RUN'],
    ['COPY <<EOF /a\nx\nEOF', 'A here-document in COPY'],
    ['COPY --chmod=755 a b', 'COPY --chmod'],
    ['COPY --from=0 --parents a b', 'COPY --parents'],
    ['ADD --checksum=sha256:0 https://a/b /c', 'ADD --checksum'],
    ['ARG TARGETARCH', 'The argument TARGETARCH'],
    ['FROM --platform=$BUILDPLATFORM scratch', 'The argument BUILDPLATFORM'],
  ])('%s', async (instruction, feature) => {
    const folder = await folderWith({ Dockerfile: `FROM scratch\n\n${instruction}\n` });
    const prepared = await prepareBuild(requestFor(folder));
    expect(() => {
      checkClassic(prepared);
    }).toThrow(`Dockerfile line 3: ${feature} works with BuildKit only`);
  });

  test('secrets', async () => {
    const folder = await folderWith({ Dockerfile: 'FROM scratch\n' });
    const prepared = await prepareBuild(requestFor(folder, { secrets: [{ id: 's', value: 'x' }] }));
    expect(() => {
      checkClassic(prepared);
    }).toThrow('Build secrets');
  });

  test('everything else passes, also what only looks like it', async () => {
    const dockerfile = [
      'FROM --platform=linux/amd64 scratch AS a',
      'ARG TARGETARCH',
      'RUN echo --mount=type=cache "<<EOF" $BUILDPLATFORM',
      'COPY --chown=1:1 --link a b',
      'COPY --from=a a b',
    ].join('\n');
    const folder = await folderWith({ Dockerfile: dockerfile });
    const prepared = await prepareBuild(requestFor(folder, { args: { TARGETARCH: 'amd64' } }));
    expect(() => {
      checkClassic(prepared);
    }).not.toThrow();
  });
});
