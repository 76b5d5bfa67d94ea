import { existsSync } from 'node:fs';
import { must, run } from '../lib/run.mjs';
import { overlap } from './settings.mjs';

/**
 * The engine runs with its own firewall rules off: at its start it would empty the chains named DOCKER which another
 * engine of this machine may use. These three rules give its containers the way out instead; ports are published by
 * docker-proxy. Each carries the testbed's name as a comment, by which `down` finds it.
 */
const rules = ({ pool }) => [
  ['nat', 'POSTROUTING', '-s', pool, '!', '-d', pool, '-j', 'MASQUERADE'],
  ['filter', 'FORWARD', '-s', pool, '-j', 'ACCEPT'],
  ['filter', 'FORWARD', '-d', pool, '-j', 'ACCEPT'],
];

const mark = ({ id }) => `quayside-testbed-${id}`;
const iptables = (table, ...args) => ['-w', '30', '-t', table, ...args];

async function ensureRule(place, [table, chain, ...rule]) {
  const marked = [...rule, '-m', 'comment', '--comment', mark(place)];
  const { code } = await run('iptables', iptables(table, '-C', chain, ...marked));
  if (code !== 0) await must('iptables', iptables(table, '-I', chain, ...marked));
}

/** Makes the engine's bridge and its way out. */
export async function ensureNetwork(place, settings) {
  const { bridge, gateway } = settings;
  if (!existsSync(`/sys/class/net/${bridge}`)) await must('ip', ['link', 'add', bridge, 'type', 'bridge']);
  await must('ip', ['addr', 'replace', gateway, 'dev', bridge]);
  await must('ip', ['link', 'set', bridge, 'up']);
  for (const rule of rules(settings)) await ensureRule(place, rule);
}

async function removeRules(place, table) {
  const { stdout } = await run('iptables', iptables(table, '-S'));
  for (const line of stdout.split('\n').filter((each) => each.includes(mark(place)))) {
    // `-A CHAIN rule` as listed is the rule as `-D` wants it; no word of ours holds a space.
    await run('iptables', iptables(table, ...line.replace(/^-A/, '-D').replaceAll('"', '').split(' ')));
  }
}

/** The testbed's bridge and those of its engine's networks: they hold an address of the testbed's own range. */
async function bridges({ bridge, pool }) {
  const { stdout } = await run('ip', ['-j', '-4', 'addr', 'show', 'type', 'bridge']);
  const list = stdout.trim() ? JSON.parse(stdout) : [];
  const ours = list.filter(({ addr_info: all = [] }) => all.some(({ local }) => local && overlap(local, pool)));
  return [...new Set([...ours.map(({ ifname }) => ifname), bridge])].filter((name) =>
    existsSync(`/sys/class/net/${name}`),
  );
}

/** Removes the testbed's bridges and firewall rules. */
export async function removeNetwork(place, settings) {
  for (const name of await bridges(settings)) await run('ip', ['link', 'delete', name]);
  for (const table of ['nat', 'filter']) await removeRules(place, table);
}
