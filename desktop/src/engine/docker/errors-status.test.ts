import { describe, expect, test } from 'vitest';
import { connectionError } from './errors.ts';
import { statusError } from './errors-status.ts';

const asked = { method: 'POST', path: '/containers/x/start' };
const told = (status: number, message: string) => statusError(status, JSON.stringify({ message }), asked);
const system = (code: string, message = code) => Object.assign(new Error(message), { code });

describe('error answers (J.1 row 16: by status, not by text)', () => {
  test.each([
    [404, 'No such container: web', 'ENGINE_NOT_FOUND'],
    [404, 'No such image: shop/web:1.0', 'IMAGE_NOT_FOUND'],
    [409, 'Conflict. The container name "/web" is already in use by container "abc".', 'ENGINE_CONFLICT'],
    [403, 'error while removing network: network shop has active endpoints', 'ENGINE_CONFLICT'],
    [500, 'write /var/lib/docker/tmp/x: no space left on device', 'DISK_FULL'],
    [503, 'Docker Desktop is starting', 'ENGINE_STARTING'],
    [503, 'This node is not a swarm manager.', 'ENGINE_REFUSED'],
    [401, 'authorization required', 'ENGINE_PERMISSION'],
    [400, 'invalid mount config', 'ENGINE_REFUSED'],
    [500, 'OCI runtime create failed', 'ENGINE_REFUSED'],
  ])('%i %s is %3$s', (status, message, code) => {
    const error = told(status, message);
    expect(error).toMatchObject({ code, message, details: { status } });
    expect(error.remedy).toBeTruthy();
  });

  test.each([
    [
      'driver failed programming external connectivity on endpoint web (1f): Bind for 0.0.0.0:8080 failed: port is already allocated',
      8080,
      '0.0.0.0',
    ],
    [
      'driver failed programming external connectivity on endpoint web (1f): Error starting userland proxy: listen tcp4 0.0.0.0:3000: bind: address already in use',
      3000,
      '0.0.0.0',
    ],
    [
      'failed to set up container networking: driver failed programming external connectivity on endpoint web (1f): failed to bind host port for 127.0.0.1:8081:172.18.0.2:80/tcp: address already in use',
      8081,
      '127.0.0.1',
    ],
    ['failed to bind host port 0.0.0.0:8082/tcp: address already in use', 8082, '0.0.0.0'],
    ['Bind for [::]:8083 failed: port is already allocated', 8083, '[::]'],
    ['listen udp 0.0.0.0:53: bind: address already in use', 53, '0.0.0.0'],
  ])('a taken port is named: %s', (message, port, hostIp) => {
    expect(told(500, message)).toMatchObject({ code: 'PORT_IN_USE', details: { port, hostIp } });
  });

  test.each([
    ['iptables failed: iptables -t nat -A DOCKER: No chain/target/match by that name', /restart the engine/],
    ['could not find an available, non-overlapping IPv4 address pool among the defaults', /docker network prune/],
    ['all predefined address pools have been fully subnetted', /docker network prune/],
    ['invalid pool request: Pool overlaps with other one on this address space', /change `subnet`/],
    ['network shop not found', /Read the message/],
  ])('trouble with networks has its own remedy: %s', (message, remedy) => {
    expect(told(500, message)).toMatchObject({
      code: 'ENGINE_REFUSED',
      message,
      remedy: expect.stringMatching(remedy) as string,
    });
  });

  test('a taken port without its number is still PORT_IN_USE', () => {
    expect(told(500, 'address already in use').details).not.toHaveProperty('port');
  });

  test('what no engine wrote is ENGINE_PROTOCOL with an excerpt', () => {
    const error = statusError(502, `<html>${'x'.repeat(1000)}`, asked);
    expect(error.code).toBe('ENGINE_PROTOCOL');
    expect(error.message.length).toBeLessThan(400);
  });
});

describe('failed connections', () => {
  test.each([
    [system('ENOENT'), 'ENGINE_DOWN'],
    [system('ECONNREFUSED'), 'ENGINE_DOWN'],
    [system('ENOTFOUND'), 'ENGINE_DOWN'],
    [system('ECONNRESET'), 'ENGINE_DOWN'],
    [system('EACCES'), 'ENGINE_PERMISSION'],
    [system('HPE_INVALID_CONSTANT'), 'ENGINE_PROTOCOL'],
    [system('DEPTH_ZERO_SELF_SIGNED_CERT', 'self-signed certificate'), 'ENGINE_ENDPOINT'],
    [
      system('EPROTO', 'write EPROTO 40:error:0A00010B:SSL routines:f:wrong version number:x.c:77:\n'),
      'ENGINE_ENDPOINT',
    ],
    [new Error('odd'), 'ENGINE_DOWN'],
  ])('%s is %s', (error, code) => {
    const known = connectionError(error, 'unix:///run/engine.sock');
    expect(known).toMatchObject({ code, cause: error });
    expect(known.message).toContain('unix:///run/engine.sock');
    expect(known.remedy).toBeTruthy();
    expect(connectionError(known, 'elsewhere')).toBe(known);
  });

  test('what TLS complains about is said without the noise around it', () => {
    const noisy = 'write EPROTO 40:error:0A00010B:SSL routines:f:wrong version number:../deps/x.c:77:\n';
    const { message } = connectionError(system('EPROTO', noisy), 'tcp://far:2376');
    expect(message).toBe('No trusted connection to the Docker Engine at tcp://far:2376: TLS: wrong version number.');
  });
});
