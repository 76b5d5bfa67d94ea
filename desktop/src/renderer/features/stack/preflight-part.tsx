import { PreflightCard } from './preflight-card.tsx';
import type { StackBodyProps } from './stack-body.tsx';

/** What preflight found: of a start that it refused, else of what is as it is now. */
export function PreflightPart({
  operation,
  preflight,
  writable,
  online,
  onStart,
  onRepair,
  onDismiss,
}: StackBodyProps) {
  const { refused } = operation;
  const { checking } = preflight;
  if (refused !== undefined) {
    return (
      <PreflightCard
        refused
        report={refused}
        writable={writable}
        checking={checking}
        onRepair={(repair) => {
          // Whoever goes to mend it comes back to another state of things.
          onDismiss();
          onRepair(repair);
        }}
        onRetry={() => {
          onStart({ verb: 'up', services: [] });
        }}
        onDismiss={() => {
          onDismiss();
          preflight.dismiss();
        }}
      />
    );
  }
  if (preflight.report === undefined) return null;
  return (
    <PreflightCard
      refused={false}
      report={preflight.report}
      writable={online}
      checking={checking}
      onRepair={onRepair}
      onRetry={preflight.check}
      onDismiss={preflight.dismiss}
    />
  );
}
