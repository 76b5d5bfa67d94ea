import { describe, expect, test } from 'vitest';
import type { FileObjectModel, Model, ServiceModel } from '#engine/compose/index.ts';
import { project } from '#testing/translation-fixture.ts';
import { checkFiles, fileMounts, injectedFiles } from './files.ts';

const secrets = new Map<string, FileObjectModel>([
  ['filed', { name: 'p_filed', file: '/srv/p/s.txt' }],
  ['variable', { name: 'p_variable', environment: 'TOKEN' }],
]);
const configs = new Map<string, FileObjectModel>([
  ['filed', { name: 'p_filed', file: '/srv/p/c.txt' }],
  ['inline', { name: 'p_inline', content: 'hello' }],
  ['empty', { name: 'p_empty', content: '' }],
]);
const environment = new Map([['TOKEN', 't0p']]);

function inputs(of: Partial<ServiceModel>, more: Partial<Model> = {}): [ServiceModel, Model] {
  const { service, model } = project(of, { secrets, configs, environment, ...more });
  return [service, model];
}

describe('secrets and configs', () => {
  test('files are mounted read-only: secrets below /run/secrets, configs below the root', () => {
    const uses = {
      secrets: [
        { source: 'filed', target: '/run/secrets/filed' },
        { source: 'filed', target: 'short' },
      ],
      configs: [{ source: 'filed' }, { source: 'filed', target: '/etc/c' }],
    };
    expect(fileMounts(...inputs(uses))).toEqual(
      [
        ['/srv/p/s.txt', '/run/secrets/filed'],
        ['/srv/p/s.txt', '/run/secrets/short'],
        ['/srv/p/c.txt', '/filed'],
        ['/srv/p/c.txt', '/etc/c'],
      ].map(([Source, Target]) => ({ Type: 'bind', Source, Target, ReadOnly: true })),
    );
  });

  test('what the service itself mounts there wins', () => {
    const volumes = [{ type: 'bind', source: '/x', target: '/filed' }];
    expect(fileMounts(...inputs({ volumes, configs: [{ source: 'filed' }] }))).toEqual([]);
  });

  test('variables and inline content are copied, readable by all unless a mode is given; nothing is not copied', () => {
    const uses = {
      secrets: [{ source: 'variable', target: '/run/secrets/variable', uid: '1000', mode: '0400' }],
      configs: [{ source: 'inline', target: 'sub/x' }, { source: 'empty' }],
    };
    expect(injectedFiles(...inputs(uses))).toEqual([
      { target: '/run/secrets/variable', content: 't0p', mode: 0o400, uid: 1000, gid: 0, owned: true },
      { target: '/sub/x', content: 'hello', mode: 0o444, uid: 0, gid: 0, owned: false },
    ]);
  });

  test.each([
    [{ secrets: [{ source: 'variable' }] }, { environment: new Map<string, string>() }, 'VARIABLE_MISSING', 'TOKEN'],
    [{ configs: [{ source: 'inline', uid: 'root' }] }, {}, 'COMPOSE_INVALID', '"root"'],
    [{ read_only: true, configs: [{ source: 'inline' }] }, {}, 'COMPOSE_UNSUPPORTED', 'read_only'],
    [
      { configs: [{ source: 'd' }] },
      { configs: new Map([['d', { name: 'd', template_driver: 'golang' }]]) },
      'COMPOSE_UNSUPPORTED',
      'template_driver',
    ],
  ])('%o is refused', (uses, more: Partial<Model>, code, named) => {
    expect(() => checkFiles(...inputs(uses, more))).toThrow(
      expect.objectContaining({ code, message: expect.stringContaining(named) as string }),
    );
  });

  test('an owner or mode that a mounted file cannot have is told of', () => {
    const uses = { secrets: [{ source: 'filed', uid: '1', mode: '0400' }], read_only: true };
    expect(checkFiles(...inputs(uses))).toEqual([expect.stringMatching(/^uid, mode of secret filed \(service a\)/)]);
    expect(checkFiles(...inputs({ secrets: [{ source: 'filed' }] }))).toEqual([]);
  });
});
