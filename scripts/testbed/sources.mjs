import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Trouble } from '../lib/trouble.mjs';

/** Suites which name a Debian release itself, not its updates or somebody's own repository. */
const releases = ['stable', 'oldstable', 'testing', 'unstable', 'sid'];
const isSecurity = (text) => /security/i.test(text);

/** The paragraphs of a deb822 file as lists of `[field, value]`; continuation lines stay in the value. */
function paragraphs(text) {
  const blocks = text.replace(/^#.*\n?/gm, '').split(/\n\s*\n/);
  return blocks.map((block) => {
    const fields = [];
    for (const line of block.split('\n')) {
      const [, name, value] = /^([^\s:]+):\s*(.*)$/.exec(line) ?? [];
      if (name) fields.push([name, value]);
      else if (fields.length > 0 && line.trim()) fields.at(-1)[1] += `\n${line}`;
    }
    return fields;
  });
}

/** A .sources file cut down to its Debian releases, with `suite` in place of theirs; '' when it has none. */
export function rewriteDeb822(text, { codename, suite }) {
  const kept = paragraphs(text).filter((fields) => {
    const words = (name) => fields.find(([field]) => field.toLowerCase() === name)?.[1].split(/\s+/) ?? [];
    const released = words('suites').some((word) => word === codename || releases.includes(word));
    const off = words('enabled').includes('no') || isSecurity(words('uris').join(' '));
    return released && !off && words('types').includes('deb') && words('components').includes('main');
  });
  const swap = { types: 'deb', suites: suite, components: 'main' };
  const lines = ([name, value]) => `${name}: ${swap[name.toLowerCase()] ?? value}\n`;
  return kept.map((fields) => fields.map(lines).join('')).join('\n');
}

/** The same for the classic one-line format. */
export function rewriteClassic(text, { codename, suite }) {
  const kept = text.split('\n').flatMap((line) => {
    const [, options = '', uri, release, components] =
      /^deb\s+(\[[^\]]*\]\s+)?(\S+)\s+(\S+)\s+(.*)$/.exec(line.trim()) ?? [];
    const words = components?.replace(/#.*/, '').split(/\s+/) ?? [];
    const wanted = (release === codename || releases.includes(release)) && words.includes('main') && !isSecurity(uri);
    return wanted ? [`deb ${options}${uri} ${suite} main\n`] : [];
  });
  return [...new Set(kept)].join('');
}

function machineFiles() {
  const folder = '/etc/apt/sources.list.d';
  const parts = existsSync(folder) ? readdirSync(folder).map((name) => join(folder, name)) : [];
  return ['/etc/apt/sources.list', ...parts].filter((file) => existsSync(file) && /\.(list|sources)$/.test(file));
}

function codenameOfMachine() {
  return /^VERSION_CODENAME="?([\w-]+)/m.exec(readFileSync('/etc/os-release', 'utf8'))?.[1];
}

/** Writes this machine's own sources, moved to `suite`, into `folder`; returns the files. */
export function writeSources(folder, suite) {
  const names = { codename: codenameOfMachine(), suite };
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  const written = machineFiles().flatMap((file, index) => {
    const classic = file.endsWith('.list');
    const text = (classic ? rewriteClassic : rewriteDeb822)(readFileSync(file, 'utf8'), names);
    if (!text) return [];
    const target = join(folder, `${index}.${classic ? 'list' : 'sources'}`);
    writeFileSync(target, text);
    return [target];
  });
  if (written.length > 0) return written;
  throw new Trouble(
    `No Debian package source was found on this machine (release: ${names.codename ?? 'unknown'}).`,
    'The testbed takes its packages from the Debian mirror that /etc/apt names. Add one there, or start Docker yourself and set DOCKER_HOST.',
  );
}
