import {
  createHashHistory,
  createRootRouteWithContext,
  createRoute,
  createRouter,
  redirect,
} from '@tanstack/react-router';
import type { Stores } from '#state/index.ts';
import { ActivityRoute } from './activity-route.tsx';
import { BuildsRoute } from './builds-route.tsx';
import { ConfigurationRoute } from './configuration-route.tsx';
import { DiagnosticsRoute } from './diagnostics-route.tsx';
import { HealthRoute } from './health-route.tsx';
import { LogsRoute } from './logs-route.tsx';
import { ReleasesRoute } from './releases-route.tsx';
import { readSearch } from './search.ts';
import { SettingsRoute } from './settings-route.tsx';
import { Shell } from './shell.tsx';
import { StackRoute } from './stack-route.tsx';

interface RouterContext {
  stores: Stores;
}

const root = createRootRouteWithContext<RouterContext>()({ component: Shell, validateSearch: readSearch });
const toStack = () => {
  throw redirect({ to: '/stack', search: true, replace: true }) as unknown as Error;
};
const home = createRoute({ getParentRoute: () => root, path: '/', beforeLoad: toStack });
const stack = createRoute({ getParentRoute: () => root, path: '/stack', component: StackRoute });
const logs = createRoute({ getParentRoute: () => root, path: '/logs', component: LogsRoute });
const health = createRoute({ getParentRoute: () => root, path: '/health', component: HealthRoute });
const releases = createRoute({ getParentRoute: () => root, path: '/releases', component: ReleasesRoute });
const builds = createRoute({ getParentRoute: () => root, path: '/builds', component: BuildsRoute });
const configuration = createRoute({
  getParentRoute: () => root,
  path: '/configuration',
  component: ConfigurationRoute,
});
const activity = createRoute({ getParentRoute: () => root, path: '/activity', component: ActivityRoute });
const settings = createRoute({ getParentRoute: () => root, path: '/settings', component: SettingsRoute });
const diagnostics = createRoute({ getParentRoute: () => root, path: '/diagnostics', component: DiagnosticsRoute });
const elsewhere = createRoute({ getParentRoute: () => root, path: '$', beforeLoad: toStack });

const routeTree = root.addChildren([
  home,
  stack,
  logs,
  health,
  releases,
  builds,
  configuration,
  activity,
  settings,
  diagnostics,
  elsewhere,
]);

/** The panel's pages, addressed by the fragment, so that they work under every origin and file server. */
export function createPanelRouter(stores: Stores) {
  return createRouter({ routeTree, history: createHashHistory(), context: { stores }, defaultPreload: false });
}

declare module '@tanstack/react-router' {
  interface Register {
    router: ReturnType<typeof createPanelRouter>;
  }
}
