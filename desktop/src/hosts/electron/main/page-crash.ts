import { app, dialog, type WebContents } from 'electron';
import { CrashLimit } from './crash-limit.ts';
import type { Words } from './words/en.ts';

/** The page holds nothing that is not in the core, so after a crash it is simply loaded again. */
export function reloadAfterCrashes(contents: WebContents, words: () => Words): void {
  const limit = new CrashLimit();
  contents.on('render-process-gone', (_event, { reason }) => {
    if (reason === 'clean-exit') return;
    if (limit.allows(performance.now())) contents.reload();
    else void ask(contents, reason, words());
  });
}

async function ask(contents: WebContents, reason: string, words: Words): Promise<void> {
  const { response } = await dialog.showMessageBox({
    type: 'error',
    message: words.crashed,
    detail: words.crashedBy(reason),
    buttons: [words.openAgain, words.roles.quit],
    defaultId: 0,
    cancelId: 1,
  });
  if (response === 0) contents.reload();
  else app.quit();
}
