import { app, dialog, type WebContents } from 'electron';
import { CrashLimit } from './crash-limit.ts';

/** The page holds nothing that is not in the core, so after a crash it is simply loaded again. */
export function reloadAfterCrashes(contents: WebContents): void {
  const limit = new CrashLimit();
  contents.on('render-process-gone', (_event, { reason }) => {
    if (reason === 'clean-exit') return;
    if (limit.allows(performance.now())) contents.reload();
    else void ask(contents, reason);
  });
}

async function ask(contents: WebContents, reason: string): Promise<void> {
  const { response } = await dialog.showMessageBox({
    type: 'error',
    message: 'The panel has ended several times within a minute.',
    detail: `The last time because of: ${reason}. Stacks go on running; they do not need the panel.`,
    buttons: ['Open it again', 'Quit'],
    defaultId: 0,
    cancelId: 1,
  });
  if (response === 0) contents.reload();
  else app.quit();
}
