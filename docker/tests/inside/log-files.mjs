// Every log file: its size, its lines, how many of them are no JSON, and the lowest and highest request in it.
import { readdirSync, readFileSync } from 'node:fs';

function describe(name) {
  const text = readFileSync(`/logs/${name}`, 'utf8');
  const lines = text.split('\n').slice(0, -1);
  let broken = text === '' || text.endsWith('\n') ? 0 : 1;
  const requests = [];
  for (const line of lines) {
    try {
      const number = /^request-(\d+)$/.exec(JSON.parse(line).correlationId ?? '');
      if (number) requests.push(Number(number[1]));
    } catch {
      broken += 1;
    }
  }
  const [first, last] = [Math.min(...requests, Number.MAX_SAFE_INTEGER), Math.max(...requests, -1)];
  return { bytes: Buffer.byteLength(text), lines: lines.length, broken, first, last };
}

console.log(JSON.stringify(Object.fromEntries(readdirSync('/logs').map((name) => [name, describe(name)]))));
