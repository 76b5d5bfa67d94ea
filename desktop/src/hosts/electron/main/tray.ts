import { Menu, type MenuItemConstructorOptions, nativeImage, Tray } from 'electron';
import type { StackState } from '#contract/index.ts';
import type { Speech } from './speech.ts';
import { drawTrayIcon } from './tray-icon.ts';
import { type TrayAction, type TrayMark, type TrayView, trayView } from './tray-view.ts';
import type { Words } from './words/en.ts';

export interface TrayChoices {
  /** Opens the window; with a fragment, on that page. */
  readonly onOpen: (fragment?: string) => void;
  readonly onAction: (action: TrayAction) => void;
  readonly onRestart: () => void;
  readonly onQuit: () => void;
}

export interface StatusTray {
  /** `state`: undefined while the core has not told one. */
  show(state: StackState | undefined): void;
  /** From now on it speaks so. */
  speak(speech: Speech): void;
  /** Offers a restart that updates to this version. */
  offer(version: string): void;
}

const size = 16;

function iconOf(mark: TrayMark) {
  const icon = nativeImage.createEmpty();
  for (const scaleFactor of [1, 2]) {
    const pixels = size * scaleFactor;
    icon.addRepresentation({
      scaleFactor,
      width: pixels,
      height: pixels,
      buffer: nativeImage.createFromBitmap(drawTrayIcon(mark, pixels), { width: pixels, height: pixels }).toPNG(),
    });
  }
  // The bar of macOS is drawn in one colour; the shape says the state there.
  if (process.platform === 'darwin') icon.setTemplateImage(true);
  return icon;
}

function itemsOf(
  { sentence, actions }: TrayView,
  words: Words,
  update: string | undefined,
  { onOpen, onAction, onRestart, onQuit }: TrayChoices,
): MenuItemConstructorOptions[] {
  const separator: MenuItemConstructorOptions = { type: 'separator' };
  const open = (label: string, fragment?: string): MenuItemConstructorOptions => ({
    label,
    click: () => {
      onOpen(fragment);
    },
  });
  return [
    { label: sentence, enabled: false },
    separator,
    open(words.open),
    open(words.pages.logs, '/logs'),
    open(words.pages.releases, '/releases'),
    separator,
    ...actions.map((action) => ({
      label: action.label,
      click: () => {
        onAction(action);
      },
    })),
    ...(actions.length > 0 ? [separator] : []),
    ...(update === undefined ? [] : [{ label: words.restartTo(update), click: onRestart }]),
    { label: words.roles.quit, click: onQuit },
  ];
}

/** An icon in the system's bar that says how the stack is, with the main actions. */
export function createTray(first: Speech, choices: TrayChoices): StatusTray {
  let speech = first;
  let state: StackState | undefined;
  const tray = new Tray(iconOf(trayView(state, speech).mark));
  let update: string | undefined;
  let shown: string | undefined;
  tray.on('click', () => {
    choices.onOpen();
  });

  const draw = (): void => {
    const { words } = speech;
    const view = trayView(state, speech);
    // States come often, and a menu that is made anew would close under the pointer.
    const text = JSON.stringify([view, words.open, update]);
    if (text === shown) return;
    shown = text;
    const { mark, sentence } = view;
    tray.setImage(iconOf(mark));
    tray.setToolTip(sentence);
    tray.setContextMenu(Menu.buildFromTemplate(itemsOf(view, words, update, choices)));
  };
  draw();
  return {
    show(next) {
      state = next;
      draw();
    },
    speak(next) {
      speech = next;
      draw();
    },
    offer(version) {
      update = version;
      draw();
    },
  };
}
