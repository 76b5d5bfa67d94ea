import { assertNever } from '#kit/assert-never.ts';
import { addNotice } from './add-notice.ts';
import type { ElsewhereOperation, Muted, NoticesEvent, NoticesState } from './notices-state.ts';
import { dueAt, type ServiceMemory, type ServiceNews, seen, settled, settleMs } from './service-memory.ts';

const mostKnown = 50;

type Services = NoticesState['services'][string];

function look(state: NoticesState, event: Extract<NoticesEvent, { type: 'seen' }>, at: number): NoticesState {
  const { environment, services } = event;
  const before = state.services[environment] ?? {};
  const quiet = event.busy || state.elsewhere.some((one) => one.environment === environment);
  const after = Object.fromEntries(
    services.map(({ name, condition }) => [name, seen(before[name], condition, at, quiet)]),
  );
  return { ...state, services: { ...state.services, [environment]: after } };
}

/** Tells what has settled in one environment, what is of a kind together. */
function tellServices(state: NoticesState, environment: string, at: number, muted: Muted): NoticesState {
  const told: { name: string; news: ServiceNews }[] = [];
  const after: Record<string, ServiceMemory> = {};
  for (const [name, memory] of Object.entries(state.services[environment] ?? {})) {
    const { memory: next, news } = settled(memory, at);
    after[name] = next;
    if (news !== undefined) told.push({ name, news });
  }
  let next: NoticesState = { ...state, services: { ...state.services, [environment]: after } };
  for (const [, of] of Map.groupBy(told, ({ news }) => `${news.kind} ${String(news.flaps)}`)) {
    const [first] = of;
    if (first === undefined) continue;
    const services = of.map(({ name }) => name);
    next = addNotice(next, { at, environment, services, ...first.news }, muted);
  }
  return next;
}

const isDue = ({ told, at: since }: ElsewhereOperation, at: number) => !told && at - since >= settleMs;

/** Tells who else changes a stack, once that has lasted long enough not to be something of this core. */
function tellElsewhere(state: NoticesState, at: number, muted: Muted): NoticesState {
  let next = state;
  for (const { environment, action, actor } of state.elsewhere.filter((one) => isDue(one, at)))
    next = addNotice(next, { kind: 'locked', at, environment, action, actor }, muted);
  return { ...next, elsewhere: next.elsewhere.map((one) => (isDue(one, at) ? { ...one, told: true } : one)) };
}

function tellDue(state: NoticesState, at: number, muted: Muted): NoticesState {
  const due = (services: Services) => Object.values(services).some((memory) => (dueAt(memory) ?? at + 1) <= at);
  let next = state;
  for (const [environment, services] of Object.entries(state.services))
    if (due(services)) next = tellServices(next, environment, at, muted);
  if (next.elsewhere.some((one) => isDue(one, at))) next = tellElsewhere(next, at, muted);
  if (next.held || next.toasts.every(({ until }) => until > at)) return next;
  return { ...next, toasts: next.toasts.filter(({ until }) => until > at) };
}

function endElsewhere(
  state: NoticesState,
  { operation, outcome }: Extract<NoticesEvent, { type: 'ended-elsewhere' }>,
  at: number,
  muted: Muted,
): NoticesState {
  const ended = state.elsewhere.find((one) => one.operation === operation);
  if (ended === undefined) return state;
  const next = { ...state, elsewhere: state.elsewhere.filter((one) => one !== ended) };
  const { environment, action, actor } = ended;
  return addNotice(next, { kind: 'ended', at, environment, action, outcome, actor }, muted);
}

function apply(state: NoticesState, event: NoticesEvent, at: number, muted: Muted): NoticesState {
  switch (event.type) {
    case 'tick':
      return state;
    case 'read':
      return { ...state, list: state.list.map((one) => ({ ...one, read: true })) };
    case 'clear':
      return { ...state, list: [], toasts: [] };
    case 'hold':
      return { ...state, held: event.held };
    case 'dismiss':
      // What was put away had the pointer or the focus, and tells nobody that it lost it.
      return { ...state, held: false, toasts: state.toasts.filter(({ id }) => id !== event.id) };
    case 'seen':
      return look(state, event, at);
    case 'known':
      if (state.known.includes(event.operation)) return state;
      return {
        ...state,
        known: [...state.known, event.operation].slice(-mostKnown),
        elsewhere: state.elsewhere.filter(({ operation }) => operation !== event.operation),
      };
    case 'ended': {
      const { environment, action, outcome, inSight } = event;
      return inSight ? state : addNotice(state, { kind: 'ended', at, environment, action, outcome }, muted);
    }
    case 'began-elsewhere': {
      const { operation } = event.what;
      const heard = state.known.includes(operation) || state.elsewhere.some((one) => one.operation === operation);
      return heard ? state : { ...state, elsewhere: [...state.elsewhere, { ...event.what, at, told: false }] };
    }
    case 'ended-elsewhere':
      return endElsewhere(state, event, at, muted);
    default:
      return assertNever(event);
  }
}

/** What is known and told after something happened; the time is in milliseconds since the epoch. */
export function reduceNotices(state: NoticesState, event: NoticesEvent, at: number, muted: Muted = []): NoticesState {
  return tellDue(apply(state, event, at, muted), at, muted);
}

/** When the next thing is to be told or put away without anything happening. */
export function nextDue({ services, elsewhere, toasts, held }: NoticesState): number | undefined {
  const times = [
    ...Object.values(services).flatMap((of) => Object.values(of).flatMap((memory) => dueAt(memory) ?? [])),
    ...elsewhere.flatMap((one) => (one.told ? [] : one.at + settleMs)),
    ...(held ? [] : toasts.map(({ until }) => until)),
  ];
  return times.length === 0 ? undefined : Math.min(...times);
}
