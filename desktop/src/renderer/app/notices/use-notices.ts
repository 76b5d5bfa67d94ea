import { useLocation, useNavigate } from '@tanstack/react-router';
import { useEffect } from 'react';
import { type Notice, useStore } from '#state/index.ts';
import { plainText } from '#ui/plain-text.ts';
import { isOther, usePanel } from '../use-panel.ts';
import { type NoticeLine, noticeLine } from './notice-words.ts';

/** What the reader calls an environment, by its id. */
function useNames(): (id: string) => string {
  const { stores, project } = usePanel();
  const others = useStore(stores.others, (state) => state.others);
  return (id) => {
    if (!isOther(id)) return project?.environments.find((one) => one.id === id)?.title ?? id;
    return others?.find((one) => one.id === id)?.project ?? id.slice('engine:'.length);
  };
}

/** Notifications as they are shown, and the way to where more is to be seen. */
export function useNotices() {
  const { stores } = usePanel();
  const navigate = useNavigate();
  const nameOf = useNames();
  const list = useStore(stores.notices, (state) => state.list);
  const toasts = useStore(stores.notices, (state) => state.toasts);
  const lineOf = (notice: Notice): NoticeLine & { id: number } => {
    const line = noticeLine(notice, nameOf(notice.environment));
    return { ...line, id: notice.id, title: plainText(line.title), note: plainText(line.note) };
  };
  const show = (id: number) => {
    const notice = list.find((one) => one.id === id);
    if (notice === undefined) return;
    const { page, services = [] } = lineOf(notice);
    stores.notices.getState().dismiss(id);
    void navigate({
      to: page,
      search: { env: notice.environment, ...(services.length === 0 ? {} : { services: [...services] }) },
    });
  };
  return { list, toasts, lineOf, show };
}

/** Keeps notifications fed: where the reader is, and what others do there. */
export function useNoticeFeeds(): void {
  const { stores, environment } = usePanel();
  const page = useLocation({ select: ({ pathname }) => pathname });
  const id = environment?.id;
  const project = environment?.project;
  useEffect(() => {
    stores.notices.getState().look({ environment: id, page });
  }, [stores, id, page]);
  useEffect(
    () => (id === undefined || project === undefined ? undefined : stores.notices.getState().watch(id, project)),
    [stores, id, project],
  );
}
