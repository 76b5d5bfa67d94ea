import { expect, test } from 'vitest';
import type { ServiceCondition } from '#contract/index.ts';
import { nextDue, reduceNotices } from './notices-reducer.ts';
import { type Muted, type NoticesEvent, type NoticesState, noNotices } from './notices-state.ts';

/** A page on which time passes as told. */
class Page {
  state: NoticesState = noNotices;
  at = 0;
  muted: Muted = [];

  tell(event: NoticesEvent): this {
    this.state = reduceNotices(this.state, event, this.at, this.muted);
    return this;
  }

  see(conditions: Readonly<Record<string, ServiceCondition>>, busy = false): this {
    const services = Object.entries(conditions).map(([name, condition]) => ({ name, condition }));
    return this.tell({ type: 'seen', environment: 'development', services, busy });
  }

  /** Lets time pass, as the timer of the page would. */
  wait(ms: number): this {
    const end = this.at + ms;
    for (let due = nextDue(this.state); due !== undefined && due <= end; due = nextDue(this.state)) {
      this.at = Math.max(due, this.at);
      this.tell({ type: 'tick' });
    }
    this.at = end;
    return this;
  }

  get told(): string[] {
    return this.state.list.map((one) => `${one.kind} ${'services' in one ? one.services.join(',') : one.action.verb}`);
  }

  get shown(): number {
    return this.state.toasts.length;
  }
}

const second = 1_000;
const minute = 60 * second;

test('what is so when the page opens is no news', () => {
  const page = new Page().see({ api: 'unhealthy', web: 'healthy' }).wait(minute);
  expect(page.told).toEqual([]);
});

test('a service that turns unhealthy is told of after a moment, and again when it is well', () => {
  const page = new Page().see({ api: 'healthy' }).wait(minute).see({ api: 'unhealthy' });
  expect(page.wait(second).told).toEqual([]);
  expect(page.wait(second).told).toEqual(['unhealthy api']);
  expect(page.shown).toBe(1);
  page
    .see({ api: 'starting' })
    .wait(minute)
    .see({ api: 'healthy' })
    .wait(3 * second);
  expect(page.told).toEqual(['recovered api', 'unhealthy api']);
});

test('what passes by itself is not told', () => {
  const page = new Page().see({ api: 'healthy' }).see({ api: 'unhealthy' }).wait(second).see({ api: 'healthy' });
  expect(page.wait(minute).told).toEqual([]);
});

test('what comes together is told together, also when it comes a little later', () => {
  const page = new Page().see({ a: 'healthy', b: 'healthy', c: 'healthy' });
  page.see({ a: 'unhealthy', b: 'unhealthy', c: 'healthy' }).wait(3 * second);
  expect(page.told).toEqual(['unhealthy a,b']);
  page.see({ a: 'unhealthy', b: 'unhealthy', c: 'failed' }).wait(3 * second);
  expect(page.told).toEqual(['unhealthy a,b,c']);
  expect(page.shown).toBe(1);
});

test('kinds are told apart, and a recovery takes the alarm off the page but not off the list', () => {
  const page = new Page().see({ a: 'healthy', b: 'healthy' });
  page.see({ a: 'crashing', b: 'unhealthy' }).wait(3 * second);
  expect(page.told.toSorted()).toEqual(['crashing a', 'unhealthy b']);
  page.see({ a: 'crashing', b: 'healthy' }).wait(3 * second);
  expect(page.told).toHaveLength(3);
  const shown = page.state.list.filter(({ id }) => page.state.toasts.some((toast) => toast.id === id));
  expect(shown.map(({ kind }) => kind).toSorted()).toEqual(['crashing', 'recovered']);
});

test('a service that flaps is told of a few times, then once as flapping, then not until it stays as it is', () => {
  const page = new Page().see({ api: 'healthy' });
  for (let round = 0; round < 40; round += 1)
    page
      .see({ api: 'unhealthy' })
      .wait(5 * second)
      .see({ api: 'healthy' })
      .wait(5 * second);
  expect(page.told).toHaveLength(4);
  expect(page.state.list[0]).toMatchObject({ kind: 'unhealthy', flaps: true });
  page.wait(4 * minute);
  expect(page.told).toHaveLength(4);
  page.wait(2 * minute);
  expect(page.told).toHaveLength(5);
  expect(page.told[0]).toBe('recovered api');
  page.wait(60 * minute);
  expect(page.told).toHaveLength(5);
});

test('while an operation is under way its end says what became of the services', () => {
  const page = new Page().see({ api: 'healthy' }).see({ api: 'starting' }, true).see({ api: 'unhealthy' }, true);
  page.wait(minute).see({ api: 'unhealthy' }).wait(minute);
  expect(page.told).toEqual([]);
  page.see({ api: 'healthy' }).wait(minute);
  expect(page.told).toEqual(['recovered api']);
});

test('what was stopped and runs again has not recovered', () => {
  const page = new Page().see({ api: 'unhealthy' }).see({ api: 'stopped' }).wait(minute).see({ api: 'healthy' });
  expect(page.wait(minute).told).toEqual([]);
});

const deploy = { verb: 'deploy' as const, services: [], target: '1.4.3' };

test('the end of an operation is told, unless the reader did it and looks at it', () => {
  const ended = { type: 'ended', environment: 'development', action: deploy, outcome: 'restored' } as const;
  expect(new Page().tell({ ...ended, inSight: true }).told).toEqual([]);
  const page = new Page().tell({ ...ended, inSight: false });
  expect(page.state.list[0]).toMatchObject({ kind: 'ended', outcome: 'restored', read: false });
  expect(page.tell({ type: 'read' }).state.list[0]?.read).toBe(true);
});

test('an operation of another process is told with its end; one of this core is not, whichever is heard of first', () => {
  const what = { operation: 'x', environment: 'development', action: deploy, actor: 'ci@runner' };
  const page = new Page().tell({ type: 'began-elsewhere', what }).wait(3 * second);
  expect(page.state.list[0]).toMatchObject({ kind: 'locked', actor: 'ci@runner' });
  page.see({ api: 'healthy' }).see({ api: 'unhealthy' }).wait(minute);
  expect(page.told).toEqual(['locked deploy']);
  page.tell({ type: 'ended-elsewhere', operation: 'x', outcome: 'done' });
  expect(page.state.list[0]).toMatchObject({ kind: 'ended', outcome: 'done', actor: 'ci@runner' });

  const mine = new Page().tell({ type: 'began-elsewhere', what }).wait(second).tell({ type: 'known', operation: 'x' });
  mine.wait(minute).tell({ type: 'ended-elsewhere', operation: 'x', outcome: 'done' });
  expect(mine.told).toEqual([]);
  const first = new Page().tell({ type: 'known', operation: 'x' }).tell({ type: 'began-elsewhere', what });
  expect(first.wait(minute).told).toEqual([]);
});

test('kinds that are not wanted are neither shown nor listed', () => {
  const page = new Page();
  page.muted = ['unhealthy'];
  page.see({ a: 'healthy', b: 'healthy' }).see({ a: 'unhealthy', b: 'crashing' }).wait(minute);
  expect(page.told).toEqual(['crashing b']);
});

test('toasts go by themselves, not while they are looked at, and can be put away; the list keeps fifty', () => {
  const page = new Page();
  const ended = { type: 'ended', environment: 'development', action: deploy, inSight: false } as const;
  page.tell({ ...ended, outcome: 'done' }).tell({ ...ended, outcome: 'failed' });
  expect(page.wait(10 * second).shown).toBe(1);
  page.tell({ type: 'hold', held: true }).wait(minute);
  expect(page.shown).toBe(1);
  page.tell({ type: 'hold', held: false }).wait(1);
  expect(page.shown).toBe(0);
  for (let index = 0; index < 60; index += 1) page.tell({ ...ended, outcome: 'done' });
  expect(page.state.list).toHaveLength(50);
  expect(page.shown).toBe(3);
  page.tell({ type: 'hold', held: true }).tell({ type: 'dismiss', id: page.state.toasts[0]?.id ?? 0 });
  expect(page.shown).toBe(2);
  expect(page.state.held).toBe(false);
  expect(page.state.list).toHaveLength(50);
});
