import { describe, expect, onTestFinished, test } from 'vitest';
import { type ConnectOptions, connect } from './connect.ts';
import { anyText, containing } from './fixtures/matchers.ts';
import { head, jsonAnswer, type RawRequest, startRawEngine, textAnswer } from './fixtures/raw-engine.ts';

/** A gateway to an engine that answers `METHOD /path` as listed; the rest by default. */
async function engineWith(answers: Readonly<Record<string, string>>, options: ConnectOptions = {}) {
  const engine = await startRawEngine(({ method, path, socket }: RawRequest) => {
    const answer = answers[`${method} ${path}`];
    if (answer === undefined) return false;
    if (answer !== 'silence') socket.write(answer);
    return true;
  });
  const gateway = connect(engine.endpoint, options);
  onTestFinished(() => {
    gateway.dispose();
  });
  return { engine, gateway };
}

const said = (status: number, message: string): string => jsonAnswer({ message }, status);
const unchanged = head(304);
const versionOf = (ApiVersion: string, MinAPIVersion?: string): string =>
  jsonAnswer({ Version: '1.0', ApiVersion, MinAPIVersion, Os: 'linux', Arch: 'arm64' });

describe('version negotiation (J.1 row 8)', () => {
  test.each([
    ['1.41', '1.41'],
    ['1.45', '1.45'],
    ['1.51', '1.51'],
    ['1.55', '1.51'],
    ['1.100', '1.51'],
  ])('an engine of API %s is asked in %s', async (theirs, ours) => {
    const { gateway, engine } = await engineWith({
      'GET /version': versionOf(theirs, '1.24'),
      'GET /containers/json': jsonAnswer([]),
    });
    await gateway.containers.list({});
    await gateway.containers.list({});
    expect(engine.requests.map(({ target }) => target)).toEqual([
      '/version',
      `/v${ours}/containers/json?all=true`,
      `/v${ours}/containers/json?all=true`,
    ]);
    expect(await gateway.info()).toEqual({ version: '1.0', apiVersion: ours, os: 'linux', arch: 'arm64' });
  });

  test.each([
    ['1.43', '1.43'],
    ['1.60', '1.51'],
  ])('asked for at most %s, it speaks %s', async (atMost, spoken) => {
    const { engine } = await engineWith({ 'GET /version': versionOf('1.55', '1.24') });
    const gateway = connect({ ...engine.endpoint, apiVersion: atMost });
    onTestFinished(() => {
      gateway.dispose();
    });
    expect((await gateway.info()).apiVersion).toBe(spoken);
  });

  test('below 1.41 the engine is too old', async () => {
    const { gateway } = await engineWith({ 'GET /version': versionOf('1.40') });
    await expect(gateway.containers.list({})).rejects.toMatchObject({
      code: 'ENGINE_TOO_OLD',
      remedy: anyText,
    });
  });

  test('an engine that no longer speaks 1.51 is refused', async () => {
    const { gateway } = await engineWith({ 'GET /version': versionOf('1.70', '1.60') });
    await expect(gateway.info()).rejects.toMatchObject({
      code: 'ENGINE_REFUSED',
      message: containing('1.60'),
    });
  });

  test('what answers like no engine is ENGINE_PROTOCOL, and is asked again next time', async () => {
    const { gateway, engine } = await engineWith({ 'GET /version': textAnswer('<html>', 'text/html') });
    await expect(gateway.info()).rejects.toMatchObject({ code: 'ENGINE_PROTOCOL' });
    await expect(gateway.info()).rejects.toMatchObject({ code: 'ENGINE_PROTOCOL' });
    expect(engine.requests).toHaveLength(2);
  });

  test('a lost engine is negotiated with anew: it may come back as another version', async () => {
    const { gateway, engine } = await engineWith({ 'GET /containers/json': 'silence' }, { deadlines: { read: 100 } });
    await expect(gateway.containers.list({})).rejects.toMatchObject({ code: 'ENGINE_TIMEOUT' });
    await gateway.info();
    expect(engine.requests.map(({ path }) => path)).toEqual(['/version', '/containers/json', '/version']);
  });
});

describe('answers that mean "already so"', () => {
  test('304 on start and stop is success (J.1 row 7)', async () => {
    const { gateway } = await engineWith({
      'POST /containers/web/start': unchanged,
      'POST /containers/web/stop': unchanged,
    });
    await gateway.containers.start('web');
    await gateway.containers.stop('web', 1);
  });

  test('404 on removal is success', async () => {
    const gone = said(404, 'No such thing');
    const { gateway } = await engineWith({
      'DELETE /containers/web': gone,
      'DELETE /networks/net': gone,
      'DELETE /volumes/data': gone,
      'DELETE /images/shop/web:1.0': gone,
    });
    await gateway.containers.remove('web', { force: true, volumes: false });
    await gateway.networks.remove('net');
    await gateway.volumes.remove('data');
    await gateway.images.remove('shop/web:1.0');
  });

  test('a removal that somebody else has begun is waited for', async () => {
    const { gateway, engine } = await engineWith({
      'DELETE /containers/web': said(409, 'removal of container web is already in progress'),
      'POST /containers/web/wait': jsonAnswer({ StatusCode: 0 }),
    });
    await gateway.containers.remove('web', { force: true, volumes: false });
    expect(engine.requests.at(-1)?.query.get('condition')).toBe('removed');
  });

  test('other conflicts on removal are not', async () => {
    const { gateway } = await engineWith({ 'DELETE /containers/web': said(409, 'cannot remove a running container') });
    await expect(gateway.containers.remove('web', { force: false, volumes: false })).rejects.toMatchObject({
      code: 'ENGINE_CONFLICT',
    });
  });
});

describe('what is asked is what is meant', () => {
  const network = { Id: 'cafe01', Name: 'shop_default', Labels: null, Containers: { c1: {} } };

  test('a network found by the beginning of its id is not the one that was named', async () => {
    const { gateway } = await engineWith({ 'GET /networks/cafe': jsonAnswer(network) });
    await expect(gateway.networks.inspect('cafe')).rejects.toMatchObject({ code: 'ENGINE_NOT_FOUND' });
  });

  test('networks are listed with who is attached; one that goes meanwhile is left out', async () => {
    const gone = { ...network, Id: 'beef02' };
    const { gateway } = await engineWith({
      'GET /networks': jsonAnswer([{ ...network, Containers: {} }, gone]),
      'GET /networks/cafe01': jsonAnswer(network),
      'GET /networks/beef02': said(404, 'network beef02 not found'),
    });
    expect(await gateway.networks.list({ label: ['a=b', 'c'] })).toEqual([
      { id: 'cafe01', name: 'shop_default', labels: {}, containers: ['c1'] },
    ]);
  });

  test('filters go as JSON, and only where there are any', async () => {
    const { gateway, engine } = await engineWith({ 'GET /volumes': jsonAnswer({ Volumes: null, Warnings: null }) });
    expect(await gateway.volumes.list({ label: ['a=b', 'c'] })).toEqual([]);
    await gateway.volumes.list({});
    expect(engine.requests[1]?.query.get('filters')).toBe('{"label":["a=b","c"]}');
    expect(engine.requests[2]?.target).toBe('/v1.45/volumes');
  });

  test('secrets of a container go in the body, not in the URL (J.1 row 1)', async () => {
    const { gateway, engine } = await engineWith({
      'POST /containers/create': jsonAnswer({ Id: 'c1', Warnings: null }, 201),
    });
    const config = { Image: 'shop/web', Env: ['TOKEN=geheim'] };
    expect(await gateway.containers.create({ name: 'web', config })).toEqual({ id: 'c1', warnings: [] });
    const request = engine.requests.at(-1);
    expect(request?.target).toBe('/v1.45/containers/create?name=web');
    expect(JSON.parse(request?.body ?? '')).toEqual(config);
  });

  test('an image name keeps its form in the path, and an odd one is just not there', async () => {
    const { gateway, engine } = await engineWith({});
    expect(await gateway.images.find('localhost:5000/shop/web:1.0@sha256:00')).toBeUndefined();
    expect(engine.requests.at(-1)?.path).toBe('/images/localhost:5000/shop/web:1.0@sha256:00/json');
    expect(await gateway.images.find('../containers')).toBeUndefined();
  });
});

test('a container that takes a minute to stop gets its minute (REL-02)', async () => {
  const answers = { 'POST /containers/web/stop': 'silence' };
  const { gateway } = await engineWith(answers, { deadlines: { start: 50 } });
  const begun = performance.now();
  await expect(gateway.containers.stop('web', 0.2)).rejects.toMatchObject({ code: 'ENGINE_TIMEOUT' });
  expect(performance.now() - begun).toBeGreaterThanOrEqual(245);
});
