import { expect, test } from 'vitest';
import { locateStep } from './locate.ts';
import { locateFailure } from './locate-failure.ts';
import { parseDockerfile } from './parse.ts';

const dockerfile = parseDockerfile(`ARG BASE=node
FROM \${BASE}:24 AS Build
WORKDIR /app
ENV A=b
COPY a b
RUN one
FROM build AS mid
RUN one
RUN two
FROM scratch
COPY --from=build /x /y
COPY --from=nginx:1 /x /y
RUN --mount=type=bind,from=docker.io/library/alpine:3,target=/m one
`);

test.each([
  ['[build 1/4] FROM docker.io/library/node:24@sha256:x', 2],
  ['[linux/amd64 build 2/4] WORKDIR /app', 3],
  ['[build 4/4] RUN something that variables changed', 6],
  ['[mid 1/2] RUN one', 8],
  ['[mid 2/2] RUN two', 9],
  ['[stage-2 1/3] COPY --from=build /x /y', 11],
  ['[internal] load metadata for docker.io/library/nginx:1', 12],
  ['[internal] load metadata for docker.io/library/alpine:3', 13],
])('%s comes from line %d', (name, line) => {
  expect(locateStep(dockerfile, name)?.line).toBe(line);
});

test.each([
  '[other 1/2] RUN one',
  '[internal] load remote build context',
  'exporting to image',
  '[mid 8/9] RUN nobody knows',
  '[mid 1/2] COPY a stage that is not ours',
  '[internal] load metadata for docker.io/library/redis:7',
])('nothing is guessed for %s', (name) => {
  expect(locateStep(dockerfile, name)).toBeUndefined();
});

test('a step whose number does not fit is found by its text', () => {
  expect(locateStep(dockerfile, '[mid 5/9] RUN   two')?.line).toBe(9);
});

test('a parse error is found by its line, also inside a long instruction', () => {
  const long = parseDockerfile('FROM a\nRUN one \\\n two \\\n three\n');
  expect(locateFailure(long, 'dockerfile parse error on line 3: no', undefined)).toMatchObject({ line: 2, endLine: 4 });
});
