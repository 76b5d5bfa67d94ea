import { app, dialog } from 'electron';
import { directoryFrom } from './arguments.ts';
import type { Words } from './words/en.ts';

/** The project to show: what the command line names, else the folder of the shell that started it, else ask. */
export async function projectDirectory(words: Words): Promise<string | undefined> {
  const named = directoryFrom(process.argv.slice(1), process.cwd());
  if (named !== undefined) return named;
  if (!app.isPackaged) return process.cwd();
  const { filePaths } = await dialog.showOpenDialog({
    title: words.chooseFolder,
    properties: ['openDirectory'],
  });
  return filePaths[0];
}
