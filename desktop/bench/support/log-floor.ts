import { get, type IncomingMessage } from 'node:http';
import { setTimeout as pause } from 'node:timers/promises';
import { targetOf } from '#engine/docker/transport/target.ts';
import { testEngine } from '#testing/docker-cli.ts';

/** How old the lines of these containers are, in milliseconds, when a plain follow stream of the engine has them: no reader is quicker. */
export async function agesInStream(ids: readonly string[], warmUpMs: number, measuredMs: number): Promise<number[]> {
  const ages: number[] = [];
  const { connect } = targetOf({ url: testEngine(), source: 'bench' });
  const place = 'path' in connect ? { socketPath: connect.path } : connect;
  const streams = await Promise.all(ids.map((id) => follow(place, id)));
  try {
    await pause(warmUpMs);
    for (const stream of streams) {
      stream.removeAllListeners('data');
      stream.on('data', (piece: Buffer) => {
        const now = performance.timeOrigin + performance.now();
        for (const [, written] of piece.toString('latin1').matchAll(/"@([\d.]+)@ /g)) ages.push(now - Number(written));
      });
    }
    await pause(measuredMs);
  } finally {
    for (const stream of streams) stream.destroy();
  }
  return ages;
}

function follow(place: object, id: string): Promise<IncomingMessage> {
  const path = `/containers/${id}/logs?follow=1&stdout=1&stderr=1&tail=0`;
  return new Promise((resolve, reject) => {
    get({ ...place, path, agent: false }, (stream) => {
      // Ended from here, in the end.
      stream.on('error', () => undefined);
      stream.on('data', () => undefined);
      resolve(stream);
    }).on('error', reject);
  });
}
