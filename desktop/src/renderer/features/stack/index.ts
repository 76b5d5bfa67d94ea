export { isRunning, serviceLook, stackLook } from './conditions.ts';
export { EngineBanner } from './engine-banner.tsx';
export { hindranceOf } from './hindrance.ts';
export { lacksFiles, stackActions } from './main-action.ts';
export { StackPage } from './stack-page.tsx';
export { verbDoing, verbDone } from './verbs.ts';
