import { ToastArea } from '#ui/toast-area.tsx';
import { t } from '#words/index.ts';
import { usePanel } from '../use-panel.ts';
import { useNotices } from './use-notices.ts';

/** What has just happened, over the page. */
export function Toasts() {
  const { stores } = usePanel();
  const { list, toasts, lineOf, show } = useNotices();
  const { dismiss, hold } = stores.notices.getState();
  const shown = toasts.flatMap(({ id }) => list.find((one) => one.id === id) ?? []);
  return (
    <ToastArea label={t('app:notice.new')} toasts={shown.map(lineOf)} onShow={show} onDismiss={dismiss} onHold={hold} />
  );
}
