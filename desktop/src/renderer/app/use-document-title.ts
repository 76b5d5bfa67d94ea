import { useEffect } from 'react';
import type { Environment, Project } from '#contract/index.ts';
import { stackLook } from '#features/stack/index.ts';
import { type Stores, useStore } from '#state/index.ts';
import { t } from '#words/index.ts';
import { isOther } from './use-panel.ts';

/** The title of the window: state first, so that a narrow tab still tells it. */
export function useDocumentTitle(
  stores: Stores,
  project: Project | undefined,
  environment: Environment | undefined,
): void {
  const condition = useStore(
    stores.stack,
    ({ byEnvironment }) => byEnvironment[environment?.id ?? '']?.stack?.condition,
  );
  const status = useStore(stores.connection, (state) => state.status);
  const state =
    status === 'reconnecting' ? t('app:reconnecting') : condition === undefined ? undefined : stackLook(condition).word;
  // What is not of the open folder is named by its project alone.
  const folder = isOther(environment?.id) ? undefined : project?.name;
  const title = [state, environment?.title, folder, 'Quayside'].filter(Boolean).join(' · ');
  useEffect(() => {
    document.title = title;
  }, [title]);
}
