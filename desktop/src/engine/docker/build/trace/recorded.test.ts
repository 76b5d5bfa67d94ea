import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import type { BuildEvent, BuildVertex } from '../../types.ts';
import { ofType } from '../fixtures/request.ts';
import { TraceMerger } from './merge.ts';
import { decodeTrace } from './status.ts';

const traceLine = z.object({ id: z.literal('moby.buildkit.trace'), aux: z.string() });

/** What a recorded answer gives, message by message. */
function replay(name: string) {
  const merger = new TraceMerger();
  const events: BuildEvent[] = [];
  const text = readFileSync(join(import.meta.dirname, 'fixtures', `${name}.ndjson`), 'utf8');
  for (const line of text.trim().split('\n')) {
    const trace = traceLine.safeParse(JSON.parse(line)).data;
    if (trace !== undefined) events.push(...merger.push(decodeTrace(Buffer.from(trace.aux, 'base64'))));
  }
  events.push(...merger.end());
  const last = new Map(ofType(events, 'vertex').map(({ vertex }) => [vertex.id, vertex]));
  const find = (part: string): BuildVertex => {
    const found = [...last.values()].find((vertex) => vertex.name.includes(part));
    if (found === undefined) throw new Error(`no vertex ${part}`);
    return found;
  };
  return { events, merger, vertexes: [...last.values()], find };
}

describe.each(['20.10', '26.1'])('a build by engine %s', (version) => {
  test('ends with every step done, the cached one marked', () => {
    const { vertexes, find } = replay(`engine-${version}`);
    expect(vertexes.filter(({ completedAt }) => completedAt === undefined)).toEqual([]);
    expect(find('RUN echo cached').cached).toBe(true);
    expect(find('[a 2/2] RUN').cached).toBe(false);
  });

  test('counts the bytes of a pull within it, never back', () => {
    const { events, find } = replay(`engine-${version}`);
    const pulled = find('[pulled 1/1] FROM');
    expect(pulled.bytes?.current).toBe(pulled.bytes?.total);
    expect(pulled.bytes?.total).toBeGreaterThan(3_000_000);
    const bytes = ofType(events, 'vertex').flatMap(({ vertex }) =>
      vertex.id === pulled.id ? (vertex.bytes ?? []) : [],
    );
    const counts = bytes.map(({ current }) => current);
    expect(counts.length).toBeGreaterThan(1);
    expect(counts).toEqual(counts.toSorted((one, other) => one - other));
  });

  test('keeps the lines of two steps apart that run side by side', () => {
    const { events, find } = replay(`engine-${version}`);
    const lines = (part: string): string[] =>
      ofType(events, 'log').flatMap(({ vertex, stream, text }) =>
        vertex === find(part).id ? `${stream} ${text}` : [],
      );
    expect(lines('[a 2/2] RUN')).toEqual(['1 a1', '1 a2', '1 a3', '1 100%']);
    expect(lines('[b 2/2] RUN')).toEqual(['2 b1', '2 b2', '2 b3']);
    const owners = ofType(events, 'log').map(({ vertex }) => vertex);
    const changes = owners.filter((owner, index) => index > 0 && owner !== owners[index - 1]);
    expect(changes.length).toBeGreaterThan(1);
  });

  test('times a step by its work, and tells it before its first and after its last line', () => {
    const { events, find } = replay(`engine-${version}`);
    const { id, startedAt = '', completedAt = '' } = find('[a 2/2] RUN');
    expect(Date.parse(completedAt) - Date.parse(startedAt)).toBeGreaterThanOrEqual(1200);
    const own = events.flatMap((event) => {
      if (event.type === 'log' && event.vertex === id) return 'line';
      return event.type === 'vertex' && event.vertex.id === id ? (event.vertex.completedAt ? 'done' : 'running') : [];
    });
    expect(own.indexOf('running')).toBeLessThan(own.indexOf('line'));
    expect(own.indexOf('done')).toBeGreaterThan(own.lastIndexOf('line'));
  });

  test('names the step that failed, with what it printed', () => {
    const { merger } = replay(`engine-${version}-failing`);
    const failed = merger.failed('did not complete successfully: exit code: 3');
    expect(failed).toMatchObject({ vertex: { name: '[stage-4 7/7] RUN echo failing; exit 3' }, output: ['failing'] });
  });
});

test('a warning of the builder keeps its line', () => {
  const [warning] = ofType(replay('engine-26.1').events, 'warning');
  expect(warning).toMatchObject({ line: 9, text: expect.stringContaining('Empty continuation line') as unknown });
});
