import { join } from 'node:path';
import type { ViewName } from './views.ts';

/** Where the pictures of the user guide lie. */
export const picturesFolder = join(import.meta.dirname, '../../../../docs/pictures');

export const pictureFile = (name: ViewName): string => `${name}.png`;
