import { closeSync, openSync, readSync, statSync } from 'node:fs';
import { resolve } from 'node:path';
import { say } from '#kit/say.ts';
import type { Draft } from '../bind/bind.ts';
import { texts } from '../normalize/service.ts';
import { isPlain } from '../schema/omit.ts';
import type { Report } from './found-risk.ts';
import type { ProjectHome } from './host-paths.ts';
import { wordOf } from './powers.ts';
import { addPath } from './service-risks.ts';

/** What a build reads and runs on this machine. */
export function buildRisks(service: Draft, home: ProjectHome, reportService: Report): void {
  const build = service['build'];
  if (!isPlain(build)) return;
  const report: Report = (at, said) => {
    reportService(['build', ...at], said);
  };
  const context = typeof build['context'] === 'string' ? build['context'] : '';
  if (isRemote(context)) foreign(report, 'context', say`is built from what another machine holds: ${context}`, context);
  else addPath(home, report, ['context'], context, (what) => say`is built from ${what}`);
  addContexts(build, home, report);
  addDockerfile(build, context, home, report);
  for (const [key, words] of powers) {
    const value = build[key];
    const given = texts(Array.isArray(value) ? value.map(textOf) : []);
    if (given.length > 0) for (const one of given) foreign(report, key, `${words}: ${one}`, one);
    else if (isPlain(value) && Object.keys(value).length > 0) {
      for (const one of Object.keys(value)) foreign(report, key, `${words}: ${one}`, one);
    }
  }
  if (build['privileged'] === true) foreign(report, 'privileged', say`is built with every privilege`);
  if (build['network'] === 'host') foreign(report, 'network', say`is built in the network of the machine`, 'host');
}

const powers = [
  ['ssh', say`hands keys of this machine to its build`],
  ['entitlements', say`may do more in its build than others`],
] as const;

const textOf = (value: unknown): unknown => (isPlain(value) ? wordOf(value['id']) : value);

function foreign(report: Report, key: string, words: string, value?: string): void {
  report([key], { kind: 'host-code', level: 'red', words, ...(value === undefined ? {} : { value }) });
}

/** Git repositories and archives that the engine fetches. */
const isRemote = (context: string): boolean =>
  /^(?:https?|git|ssh):\/\/|^git@|^github\.com\//.test(context) || /\.git(?:#.*)?$/.test(context.replace(/^\/.*/, ''));

function addContexts(build: Readonly<Draft>, home: ProjectHome, report: Report): void {
  const contexts = isPlain(build['additional_contexts']) ? build['additional_contexts'] : {};
  for (const [name, value] of Object.entries(contexts)) {
    const context = String(value);
    const at = ['additional_contexts', name];
    if (isRemote(context)) {
      const words = say`is built from what another machine holds: ${context}`;
      report(at, { kind: 'host-code', level: 'red', words, value: context });
    } else addPath(home, report, at, context.replace(/^oci-layout:\/\//, ''), (what) => say`is built from ${what}`);
  }
}

/** The program that reads the Dockerfile is one of its own where its first lines name one. */
function addDockerfile(build: Readonly<Draft>, context: string, home: ProjectHome, report: Report): void {
  const inline = build['dockerfile_inline'];
  if (typeof inline === 'string') {
    addSyntax(inline, 'dockerfile_inline', report);
    return;
  }
  if (isRemote(context) || context === '') return;
  const dockerfile = resolve(context, typeof build['dockerfile'] === 'string' ? build['dockerfile'] : 'Dockerfile');
  addPath(home, report, ['dockerfile'], dockerfile, (what) => say`is built by ${what}`);
  addSyntax(firstLines(dockerfile), 'dockerfile', report);
}

/** The parser of Docker itself, in whichever version. */
const ownSyntax = /^(?:docker\.io\/)?docker\/dockerfile(?:[:@]|$)/;

function addSyntax(dockerfile: string, key: string, report: Report): void {
  for (const line of dockerfile.replace(/^\uFEFF/, '').split(/\r?\n/)) {
    if (line.trim() !== '' && !/^\s*(?:#|\/\/)/.test(line)) return;
    const [, syntax] = /^\s*(?:#|\/\/)\s*syntax\s*=\s*(\S+)/i.exec(line) ?? [];
    if (syntax === undefined || ownSyntax.test(syntax)) continue;
    foreign(report, key, say`has its Dockerfile read by a program of somebody else: ${syntax}`, syntax);
  }
}

const directiveBytes = 16 * 1024;

/** Empty where it cannot be read: the build says that better. */
function firstLines(file: string): string {
  const bytes = Buffer.alloc(directiveBytes);
  try {
    // Opening a pipe would wait for somebody who writes.
    if (!statSync(file).isFile()) return '';
    const handle = openSync(file, 'r');
    try {
      return bytes.toString('utf8', 0, readSync(handle, bytes, 0, bytes.length, 0));
    } finally {
      closeSync(handle);
    }
  } catch {
    return '';
  }
}
