export { addUser, listUsers, removeUser, setPassword, setRole } from './accounts/manage.ts';
export { builtPanel } from './built-panel.ts';
export type { PlaceOptions } from './place.ts';
export { type ServePanelOptions, servePanel } from './serve-panel.ts';
export { createWebHost, type WebHost, type WebHostOptions } from './web-host.ts';
