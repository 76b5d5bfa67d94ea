import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { ConfigurationError } from './errors.ts';
import { loadConfig as load } from './load.ts';
import { commonSecrets, commonSettings, wholeNumber } from './values.ts';

const definition = {
  schema: z.strictObject({ ...commonSettings, port: wholeNumber(0, 65_535).default(8000) }),
  secrets: new Set<string>(commonSecrets),
};
const loadConfig = (env: NodeJS.ProcessEnv, folder: string) => load(definition, env, folder);

let directory = '';
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'shop-config-'));
});
afterEach(() => {
  rmSync(directory, { recursive: true });
});

const write = (name: string, content: unknown) => {
  const path = join(directory, name);
  writeFileSync(path, typeof content === 'string' ? content : JSON.stringify(content));
  return path;
};

function issuesOf(env: NodeJS.ProcessEnv): readonly string[] {
  try {
    loadConfig(env, directory);
  } catch (error) {
    if (error instanceof ConfigurationError) return error.issues;
    throw error;
  }
  return [];
}

describe('sources', () => {
  test('defaults hold when nothing is set', () => {
    expect(loadConfig({}, directory)).toMatchObject({ environment: 'development', port: 8000, logLevel: 'info' });
  });

  test('the file of the chosen environment overrides defaults, and the environment overrides the file', () => {
    write('development.json', { port: 1111 });
    write('production.json', { port: 2222, logLevel: 'warn' });
    const config = loadConfig({ ENVIRONMENT: 'production', LOG_LEVEL: 'error' }, directory);
    expect(config).toMatchObject({ environment: 'production', port: 2222, logLevel: 'error' });
  });

  test('an empty variable counts as unset', () => {
    write('development.json', { port: 1111 });
    expect(loadConfig({ PORT: '', API_TOKEN: '' }, directory)).toMatchObject({ port: 1111 });
  });

  test('a secret can come from a file, without its last line end', () => {
    const path = write('token', 'a-long-enough-secret\n');
    expect(loadConfig({ API_TOKEN_FILE: path }, directory).apiToken).toBe('a-long-enough-secret');
  });
});

describe('what is refused', () => {
  test('all invalid settings at once, by the names under which they were set, without their values', () => {
    write('development.json', { healthIntervalMs: 1, nonsense: true });
    const issues = issuesOf({ PORT: 'eighty', LOG_LEVEL: 'loud', API_TOKEN: 'hunter2' });
    const text = issues.join('\n');
    for (const name of ['PORT:', 'LOG_LEVEL:', 'API_TOKEN:', 'healthIntervalMs:', 'nonsense:'])
      expect(text).toContain(name);
    expect(issues).toHaveLength(5);
    expect(text).not.toContain('hunter2');
  });

  test('a secret in a config file, also one that only looks like a secret', () => {
    write('development.json', { apiToken: 'a-long-enough-secret', databasePassword: 'x' });
    const issues = issuesOf({});
    const text = issues.join('\n');
    expect(issues.map((issue) => issue.split(':')[0])).toEqual(['apiToken', 'databasePassword']);
    expect(text.match(/a secret must not be in/g)).toHaveLength(2);
    expect(text).not.toContain('a-long-enough-secret');
  });

  test('a secret set in both ways, and a secret file that is absent', () => {
    expect(issuesOf({ API_TOKEN: 'a-long-enough-secret', API_TOKEN_FILE: '/x' })).toHaveLength(1);
    expect(issuesOf({ API_TOKEN_FILE: join(directory, 'absent') })[0]).toMatch(/^API_TOKEN_FILE: .*absent/);
  });

  test('a file that is not a JSON object', () => {
    write('development.json', '{');
    expect(issuesOf({})[0]).toContain('development.json');
    write('development.json', []);
    expect(issuesOf({})[0]).toContain('must be a JSON object');
  });

  test('an unknown environment', () => {
    expect(issuesOf({ ENVIRONMENT: 'staging' })[0]).toMatch(/^ENVIRONMENT: /);
  });
});
