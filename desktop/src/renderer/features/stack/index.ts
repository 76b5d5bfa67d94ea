export { serviceLook, stackLook } from './conditions.ts';
export { StackPage } from './stack-page.tsx';
