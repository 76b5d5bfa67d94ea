import { reportCall } from './control.ts';
import { itemsOf, labels, type MenuItem } from './menu.ts';
import { StrictEmitter, strict } from './strict.ts';

interface Size {
  readonly width: number;
  readonly height: number;
}

/** An image that counts its pixels and draws nothing. */
class Image {
  readonly #scales: number[] = [];

  addRepresentation({ scaleFactor, width, height, buffer }: Size & { scaleFactor: number; buffer: Buffer }): void {
    if (width !== height || buffer.length === 0) throw new Error('electron double: an icon is square and not empty');
    this.#scales.push(scaleFactor);
  }

  isEmpty(): boolean {
    return this.#scales.length === 0;
  }
}

export const nativeImage = strict('nativeImage', {
  createEmpty: () => strict('nativeImage', new Image()),
  createFromBitmap(pixels: Buffer, { width, height }: Size): object {
    if (pixels.length !== width * height * 4) throw new Error('electron double: a bitmap has four bytes per pixel');
    return strict('nativeImage', { toPNG: () => pixels });
  },
});

let menu: readonly MenuItem[] = [];

/** The icon in the system's bar: what it says is told to the test. */
class SystemTray extends StrictEmitter {
  constructor(image: Image) {
    super('Tray', ['click']);
    this.setImage(image);
  }

  setImage(image: Image): void {
    if (image.isEmpty()) throw new Error('electron double: the icon has no picture');
  }

  setToolTip(text: string): void {
    reportCall('tray.setToolTip', text);
  }

  setContextMenu(built: object): void {
    menu = itemsOf(built);
    reportCall('tray.setContextMenu', labels(menu));
  }
}

/** Called with `new`. */
export const Tray = strict('Tray', function createTray(image: Image): object {
  return strict('Tray', new SystemTray(image));
});

/** The menu of the icon, as it is now. */
export const trayMenu = (): readonly MenuItem[] => menu;
