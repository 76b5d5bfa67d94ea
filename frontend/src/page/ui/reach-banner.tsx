import { CloudOff, WifiOff } from 'lucide-react';
import { useState } from 'react';
import type { Reach } from '../conversation/reach.ts';

const down = (
  <p className="banner">
    <CloudOff aria-hidden="true" size={18} />
    <span>
      <strong>The shop cannot be reached right now.</strong> We keep trying; there is no need to reload the page.
    </span>
  </p>
);

const offline = (
  <p className="banner">
    <WifiOff aria-hidden="true" size={18} />
    <span>
      <strong>You are offline.</strong> The shop is back as soon as your connection is.
    </span>
  </p>
);

/** Says that the shop cannot be reached for as long as it cannot, and to a screen reader when it can again. */
export function ReachBanner({ reach }: { readonly reach: Reach }) {
  const [wasAway, setWasAway] = useState(false);
  if (reach !== 'up' && !wasAway) setWasAway(true);
  return (
    <div role="status" className="reach">
      {reach === 'down' && down}
      {reach === 'offline' && offline}
      {reach === 'up' && wasAway && <p className="hidden">The shop is back.</p>}
    </div>
  );
}
