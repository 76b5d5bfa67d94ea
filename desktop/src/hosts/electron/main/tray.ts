import { Menu, nativeImage, Tray } from 'electron';
import { restartLabel } from './menu.ts';
import { drawTrayIcon } from './tray-icon.ts';
import { type TrayAction, type TrayMark, type TrayView, trayView } from './tray-view.ts';

export interface TrayChoices {
  /** Opens the window; with a fragment, on that page. */
  readonly onOpen: (fragment?: string) => void;
  readonly onAction: (action: TrayAction) => void;
  readonly onRestart: () => void;
  readonly onQuit: () => void;
}

export interface StatusTray {
  show(view: TrayView): void;
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

/** An icon in the system's bar that says how the stack is, with the main actions. */
export function createTray({ onOpen, onAction, onRestart, onQuit }: TrayChoices): StatusTray {
  const first = trayView(undefined);
  const tray = new Tray(iconOf(first.mark));
  let now = first;
  let update: string | undefined;
  let shown: string | undefined;
  tray.on('click', () => {
    onOpen();
  });

  const show = (view: TrayView): void => {
    // States come often, and a menu that is made anew would close under the pointer.
    now = view;
    const text = JSON.stringify([view, update]);
    if (text === shown) return;
    shown = text;
    const { mark, sentence, actions } = view;
    tray.setImage(iconOf(mark));
    tray.setToolTip(sentence);
    tray.setContextMenu(
      Menu.buildFromTemplate([
        { label: sentence, enabled: false },
        { type: 'separator' },
        {
          label: 'Open Quayside',
          click: () => {
            onOpen();
          },
        },
        ...(['Logs', 'Releases'] as const).map((label) => ({
          label,
          click: () => {
            onOpen(`/${label.toLowerCase()}`);
          },
        })),
        { type: 'separator' },
        ...actions.map((action) => ({
          label: action.label,
          click: () => {
            onAction(action);
          },
        })),
        ...(actions.length > 0 ? [{ type: 'separator' as const }] : []),
        ...(update === undefined ? [] : [{ label: restartLabel(update), click: onRestart }]),
        { label: 'Quit', click: onQuit },
      ]),
    );
  };
  show(first);
  return {
    show,
    offer(version) {
      update = version;
      show(now);
    },
  };
}
