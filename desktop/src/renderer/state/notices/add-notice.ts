import type { EndNotice, LockNotice, Muted, Notice, NoticesState, ServiceNotice } from './notices-state.ts';

const mostKept = 50;
const mostToasts = 3;
/** What comes within this time after something of its kind is told together with it. */
const mergeMs = 10_000;
const goodMs = 8_000;
const badMs = 15_000;

type Untold<T extends Notice> = Omit<T, 'id' | 'read'>;
export type NewNotice = Untold<ServiceNotice> | Untold<EndNotice> | Untold<LockNotice>;

function isBad(notice: NewNotice): boolean {
  if (notice.kind === 'ended') return notice.outcome !== 'done';
  return notice.kind === 'unhealthy' || notice.kind === 'crashing';
}

const lastsMs = (notice: NewNotice): number => (isBad(notice) ? badMs : goodMs);

/** The one that is still shown and says the same of other services. */
function partner({ list, toasts }: NoticesState, notice: Untold<ServiceNotice>): ServiceNotice | undefined {
  return list.find(
    (one): one is ServiceNotice =>
      one.kind === notice.kind &&
      one.environment === notice.environment &&
      'flaps' in one &&
      one.flaps === notice.flaps &&
      notice.at - one.at <= mergeMs &&
      toasts.some(({ id }) => id === one.id),
  );
}

/** What is over need not be shown any more; the list keeps it. */
function withoutOvercome(state: NoticesState, { environment, services, kind }: Untold<ServiceNotice>): NoticesState {
  const over = (id: number) => {
    const shown = state.list.find((one) => one.id === id);
    return (
      shown !== undefined &&
      'services' in shown &&
      shown.kind !== kind &&
      shown.environment === environment &&
      shown.services.every((name) => services.includes(name))
    );
  };
  return { ...state, toasts: state.toasts.filter(({ id }) => !over(id)) };
}

/** Puts a notice on the list and over the page, unless its kind is not wanted. */
export function addNotice(before: NoticesState, notice: NewNotice, muted: Muted): NoticesState {
  if (muted.includes(notice.kind)) return before;
  const isOfServices = 'services' in notice;
  const state = isOfServices ? withoutOvercome(before, notice) : before;
  const together = isOfServices ? partner(state, notice) : undefined;
  const until = notice.at + lastsMs(notice);
  if (isOfServices && together !== undefined) {
    const services = [...new Set([...together.services, ...notice.services])];
    return {
      ...state,
      list: state.list.map((one) => (one.id === together.id ? { ...together, services, read: false } : one)),
      toasts: state.toasts.map((toast) => (toast.id === together.id ? { ...toast, until } : toast)),
    };
  }
  const id = state.lastId + 1;
  return {
    ...state,
    lastId: id,
    list: [{ ...notice, id, read: false }, ...state.list].slice(0, mostKept),
    toasts: [{ id, until }, ...state.toasts].slice(0, mostToasts),
  };
}
