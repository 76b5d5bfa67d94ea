import { Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import { QuaysideError } from '#contract/index.ts';
import { say } from '#kit/say.ts';
import type { Deadlines } from '../deadlines.ts';
import { connectionError, isBroken } from '../errors.ts';
import { statusError } from '../errors-status.ts';
import {
  type PlainAnswer,
  type RequestOptions,
  type Transport,
  type TransportResponse,
  type UpgradeOptions,
  type UpgradingTransport,
  unary,
} from '../transport.ts';
import type { Endpoint, EngineInfo } from '../types.ts';
import { Exchange } from './exchange.ts';
import { Heartbeat, type HeartbeatOptions } from './heartbeat.ts';
import { createDialer, type Dialer } from './modem.ts';
import { negotiate } from './negotiate.ts';
import { notUpgraded, openUpgrade } from './upgrade.ts';

const defaultDeadlineMs = 30_000;
const lostCodes = new Set(['ENGINE_DOWN', 'ENGINE_TIMEOUT', 'ENGINE_PERMISSION']);

/** The transport of one engine, with what only this room may know: versions, pings and its end. */
export class HttpTransport implements UpgradingTransport {
  readonly #endpoint: Endpoint;
  readonly #deadlines: Deadlines;
  readonly #heartbeat: Heartbeat;
  readonly #unversioned: Transport = { request: (options) => this.#send(options, options.path) };
  #dialer: Promise<Dialer> | undefined;
  #info: Promise<EngineInfo> | undefined;
  readonly #end = new AbortController();

  constructor(endpoint: Endpoint, deadlines: Deadlines, heartbeat: HeartbeatOptions) {
    this.#endpoint = endpoint;
    this.#deadlines = deadlines;
    this.#heartbeat = new Heartbeat((deadlineMs) => this.ping(deadlineMs), heartbeat);
  }

  async request(options: RequestOptions): Promise<TransportResponse> {
    const { apiVersion } = await this.info();
    return this.#send(options, `/v${apiVersion}${options.path}`);
  }

  async upgrade(options: UpgradeOptions): Promise<Duplex> {
    const { apiVersion } = await this.info();
    const path = `/v${apiVersion}${options.path}`;
    const dialer = await this.#dial();
    const open = () => openUpgrade({ request: options, dialer, path, ended: this.#end.signal });
    try {
      // A kept-alive connection may close at the moment it is used again; nothing was begun then.
      const answer = await open().catch((error: unknown) => {
        if (!isBroken(error) || this.#end.signal.aborted) throw error;
        return open();
      });
      if (answer instanceof Socket) return answer;
      const { status } = await this.#accept(answer, { method: 'POST', path: options.path });
      answer.destroy();
      throw notUpgraded(options, status);
    } catch (error) {
      throw connectionError(error, this.#endpoint.url);
    }
  }

  /** Asks once and remembers until a call finds the engine gone. */
  info(): Promise<EngineInfo> {
    this.#info ??= negotiate(this.#unversioned, this.#deadlines.read, this.#endpoint.apiVersion).catch(
      (error: unknown) => {
        this.#info = undefined;
        throw error;
      },
    );
    return this.#info;
  }

  async ping(deadlineMs: number): Promise<void> {
    await unary(this.#unversioned, { method: 'GET', path: '/_ping', deadlineMs });
  }

  /** The engine's clock now, in whole seconds since the epoch (rounded down). */
  async clock(signal: AbortSignal): Promise<number> {
    // Not the short deadline of a ping: the first reading of everything waits for this, on an engine that may be busy.
    const options = { method: 'GET', path: '/_ping', deadlineMs: this.#deadlines.read, signal } as const;
    const { headers } = await unary(this.#unversioned, options);
    const date = Date.parse(headers['date'] ?? '');
    return Math.floor((Number.isNaN(date) ? Date.now() : date) / 1000);
  }

  /** Resolves when what has come for bodies that are drained has been shown to their visitors. */
  async catchUp(): Promise<void> {
    const dialer = await this.#dialer;
    await dialer?.plain?.catchUp();
  }

  /** Aborts when the transport is disposed of. */
  get ended(): AbortSignal {
    return this.#end.signal;
  }

  /** Closes every connection, those in use too. */
  dispose(): void {
    this.#end.abort();
    void this.#dialer?.then((dialer) => {
      dialer.close();
    });
  }

  #dial(): Promise<Dialer> {
    this.#dialer ??= this.#endpoint.url.startsWith('ssh:')
      ? import('./ssh-dialer.ts').then(({ createSshDialer }) => createSshDialer(this.#endpoint))
      : createDialer(this.#endpoint);
    return this.#dialer;
  }

  async #send(options: RequestOptions, path: string): Promise<TransportResponse> {
    if (this.#end.signal.aborted)
      throw new QuaysideError('INTERNAL', say`The connection to the Docker Engine is closed.`);
    if (/\/(\.{0,2})(\/|$)/.test(decodeURIComponent(path))) {
      throw new QuaysideError('ENGINE_NOT_FOUND', say`The Docker Engine knows no ${options.path}.`);
    }
    try {
      return await this.#accept(await this.#exchange(options, path), options);
    } catch (error) {
      const known = connectionError(error, this.#endpoint.url);
      if (lostCodes.has(known.code)) this.#info = undefined;
      throw known;
    }
  }

  async #exchange(request: RequestOptions, path: string): Promise<TransportResponse> {
    const dialer = await this.#dial();
    const begun = performance.now();
    const limit = request.deadlineMs ?? defaultDeadlineMs;
    const open = (deadlineMs: number): Promise<TransportResponse> =>
      new Exchange({
        dialer,
        heartbeat: this.#heartbeat,
        endpoint: this.#endpoint.url,
        request,
        path,
        deadlineMs,
      }).open();
    try {
      return await open(limit);
    } catch (error) {
      // The engine may close a kept-alive connection at the moment it is used again; asking twice is harmless only for reads.
      const harmless = request.method === 'GET' || request.method === 'HEAD';
      if (!harmless || !isBroken(error) || this.#end.signal.aborted) throw error;
      return open(Math.max(1, limit - (performance.now() - begun)));
    }
  }

  async #accept<T extends PlainAnswer>(response: T, options: RequestOptions): Promise<T> {
    const { status } = response;
    if ((status >= 200 && status < 300) || options.statuses?.includes(status) === true) return response;
    const source = { request: () => Promise.resolve(response) };
    const { text } = await unary(source, { ...options, deadlineMs: this.#deadlines.read });
    throw statusError(status, text, options);
  }
}
