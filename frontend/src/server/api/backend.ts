import type { Dependency } from '@shop/service/health/monitor';

/** The backend as a dependency: healthy while its `/health` answers 200. */
export function backendDependency(backendUrl: string): Dependency {
  const url = new URL('/health', backendUrl);
  return {
    name: 'backend',
    async ping(signal) {
      const response = await fetch(url, { signal });
      await response.body?.cancel();
      if (!response.ok) throw new Error(`${url.href} answered ${response.status}`);
    },
  };
}
