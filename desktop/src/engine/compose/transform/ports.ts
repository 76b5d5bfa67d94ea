import { isIP } from 'node:net';
import { say } from '#kit/say.ts';
import { invalid } from '../errors.ts';
import { intOf, isMap, type ListNode, listOf, type Node, record, stringOf } from '../tree/node.ts';
import { kindName, scalarText } from '../tree/show.ts';

/** Replaces short ports by long ones; a range becomes one entry per container port. */
export function longPorts(list: ListNode): ListNode {
  return listOf(
    list,
    list.items.flatMap((item) => (isMap(item) ? [item] : expand(item))),
  );
}

const help = say`Write "HOST:CONTAINER", "IP:HOST:CONTAINER/udp" or the long form with target and published.`;

function expand(item: Node): Node[] {
  const spec = item.kind === 'string' || item.kind === 'int' ? scalarText(item) : undefined;
  if (spec === undefined) throw invalid(item, say`a port cannot be ${kindName(item)}`, help);
  const { address, host, container, protocol } = split(spec, item);
  const inside = range(container, item, say`container port`);
  if (inside.from === 0) throw invalid(item, say`the port "${spec}" names no container port`, help);
  const outside = host === '' ? undefined : range(host, item, say`host port`);
  const single = inside.from === inside.to;
  if (outside !== undefined && !single && outside.to - outside.from !== inside.to - inside.from) {
    throw invalid(item, say`the port ranges ${host} and ${container} are of different length`, help);
  }
  const entries: { key: string; node: Node }[] = [];
  for (let offset = 0; offset <= inside.to - inside.from; offset++) {
    const target = inside.from + offset;
    const published = publishedText(outside, offset, single);
    entries.push({
      key: `${target}/${protocol}`,
      node: record(item, {
        mode: stringOf(item, 'ingress'),
        host_ip: address === '' ? undefined : stringOf(item, address),
        target: intOf(item, BigInt(target)),
        published: published === undefined ? undefined : stringOf(item, published),
        protocol: stringOf(item, protocol),
      }),
    });
  }
  return entries.sort((left, right) => (left.key < right.key ? -1 : 1)).map((entry) => entry.node);
}

interface Range {
  readonly from: number;
  readonly to: number;
}

function publishedText(outside: Range | undefined, offset: number, single: boolean): string | undefined {
  if (outside === undefined) return undefined;
  return single && outside.from !== outside.to ? `${outside.from}-${outside.to}` : String(outside.from + offset);
}

function split(spec: string, item: Node): { address: string; host: string; container: string; protocol: string } {
  const parts = spec.split(':');
  const [container = '', protocol = ''] = (parts.at(-1) ?? '').split('/');
  const host = parts.at(-2) ?? '';
  let address = parts.slice(0, -2).join(':');
  if (address.startsWith('[') && address.endsWith(']')) address = address.slice(1, -1);
  else if (address.includes(':'))
    throw invalid(item, say`the IPv6 address in the port "${spec}" needs brackets`, say`Write "[::1]:80:80".`);
  else if (address.includes('[') || address.includes(']'))
    throw invalid(item, say`the port "${spec}" has no valid IP address`, help);
  if (address !== '' && (isIP(address) === 0 || address.includes('%'))) {
    throw invalid(item, say`"${address}" in the port "${spec}" is not an IP address`, help);
  }
  if (container === '') throw invalid(item, say`the port "${spec}" names no container port`, help);
  const name = protocol === '' ? 'tcp' : protocol.toLowerCase();
  if (!['tcp', 'udp', 'sctp'].includes(name))
    throw invalid(item, say`the port "${spec}" has the unknown protocol "${protocol}"`, help);
  return { address, host, container, protocol: name };
}

function range(text: string, item: Node, what: string): Range {
  const [from, to] = text.includes('-') ? text.split('-') : [text, text];
  const made = { from: portNumber(from), to: portNumber(to) };
  if (made.from === undefined || made.to === undefined || made.to < made.from) {
    throw invalid(item, say`"${text}" is not a valid ${what}`, help);
  }
  return { from: made.from, to: made.to };
}

function portNumber(text: string | undefined): number | undefined {
  if (text === undefined || !/^[0-9]+$/.test(text)) return undefined;
  const value = Number(text);
  return value <= 65_535 ? value : undefined;
}
