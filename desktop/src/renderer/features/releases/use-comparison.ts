import { useEffect, useState } from 'react';
import type { Compared, ReleasesSlice } from '#state/index.ts';

/** What going from what runs to a release or version changes; undefined while it is being worked out. */
export function useComparison(
  compare: ReleasesSlice['compare'],
  environment: string,
  to: string,
): Compared | undefined {
  const [found, setFound] = useState<Compared>();
  useEffect(() => {
    let wanted = true;
    void compare(environment, to).then((answer) => {
      if (wanted) setFound(answer);
    });
    return () => {
      wanted = false;
    };
  }, [compare, environment, to]);
  return found;
}
