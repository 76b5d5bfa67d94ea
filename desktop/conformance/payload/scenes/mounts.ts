import type { Scene } from '../scene.ts';

/** D.3: volumes of a service, and what top-level volumes become. */
export const mountScene: Scene = {
  name: 'mounts',
  differs: {
    bareBind: {
      until: '2.40',
      because:
        'a missing host path of a bind in long form without `bind:` is created, as by newer versions of docker compose',
    },
    quietBind: {
      until: '5',
      because: 'a `bind:` that says nothing of the host path lets it be created, as docker compose 5 does',
    },
    fromReadOnly: {
      because: 'docker compose forgets the mode of `volumes_from`: what was to be read-only becomes writable',
    },
    selinuxVolume: {
      until: '2.40',
      because: 'older versions of docker compose lose the SELinux mode of a named volume',
    },
  },
  services: {
    shortBind: { volumes: ['./data:/data', './data:/ro:ro', './made:/made', './sub dir:/sub dir'] },
    bindModes: { volumes: ['./data:/z:z', './data:/zz:Z,ro', './data:/p:rslave', './data:/both:ro,rprivate'] },
    longBind: {
      volumes: [{ type: 'bind', source: './data', target: '/d', read_only: true, bind: { create_host_path: true } }],
    },
    bareBind: { volumes: [{ type: 'bind', source: './data', target: '/d' }] },
    strictBind: { volumes: [{ type: 'bind', source: './data', target: '/d', bind: { create_host_path: false } }] },
    quietBind: { volumes: [{ type: 'bind', source: './data', target: '/d', bind: { propagation: 'rslave' } }] },
    propagated: {
      volumes: [
        { type: 'bind', source: './data', target: '/d', bind: { propagation: 'rslave', create_host_path: true } },
      ],
    },
    fileBind: { volumes: ['./file.txt:/etc/file.txt:ro'] },
    named: { volumes: ['plain:/plain', 'plain:/again:ro', 'options:/options'] },
    external: { volumes: ['renamed:/renamed'] },
    noCopy: {
      volumes: ['plain:/plain:nocopy', { type: 'volume', source: 'plain', target: '/long', volume: { nocopy: true } }],
    },
    anonymous: { volumes: ['/anon', { type: 'volume', target: '/anon2' }] },
    tmpfs: {
      volumes: [
        { type: 'tmpfs', target: '/t', tmpfs: { size: '10m', mode: 0o770 } },
        { type: 'tmpfs', target: '/bare' },
      ],
    },
    consistency: {
      volumes: [
        { type: 'bind', source: './data', target: '/d', consistency: 'cached', bind: { create_host_path: false } },
      ],
    },
    from: { volumes_from: ['named', 'shortBind'], depends_on: ['named'] },
    fromContainer: { volumes_from: ['container:qs-test-tr-source'], depends_on: ['source'] },
    source: { container_name: 'qs-test-tr-source', volumes: ['plain:/s'] },
    fromReadOnly: { volumes_from: ['named:ro'] },
    selinuxVolume: { volumes: ['plain:/z:z'] },
  },
  volumes: {
    plain: {},
    options: { driver: 'local', driver_opts: { type: 'tmpfs', device: 'tmpfs', o: 'size=1m' }, labels: { a: 'b' } },
    renamed: { name: 'qs-test-tr-renamed', labels: ['x=y'] },
  },
  files: { 'data/here': '', 'file.txt': 'x', 'sub dir/here': '' },
};

/** The engine sees no use in a volume that is empty and read-only. */
export const readOnlyVolumeScene: Scene = {
  name: 'read-only anonymous volume',
  refused: true,
  services: { refused: { volumes: [{ type: 'volume', target: '/anon', read_only: true }] } },
};

/** A host path that is missing, and that must not be created: nothing can be made of it. */
export const missingPathScene: Scene = {
  name: 'missing path',
  refused: true,
  services: {
    strict: { volumes: [{ type: 'bind', source: './missing', target: '/d', bind: { create_host_path: false } }] },
  },
};
