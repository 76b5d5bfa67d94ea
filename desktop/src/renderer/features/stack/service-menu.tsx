import { Copy, Ellipsis, Hammer, Play, RotateCw, ScrollText, Square } from 'lucide-react';
import type { ServiceState } from '#contract/index.ts';
import { ActionMenu, type MenuItem } from '#ui/menu.tsx';
import { t } from '#words/index.ts';
import { isRunning } from './conditions.ts';

/** What can be asked of one service. */
export type ServiceOrder = 'start' | 'stop' | 'restart' | 'rebuild' | 'scale';

export interface ServiceMenuProps {
  service: ServiceState;
  writable: boolean;
  /** The files are here, so that containers can be made anew. */
  makeable: boolean;
  onOrder: (order: ServiceOrder) => void;
  onShowLogs: () => void;
}

function menuItems({ service, writable, makeable, onOrder, onShowLogs }: ServiceMenuProps): MenuItem[] {
  const running = isRunning(service);
  const item = (label: string, icon: MenuItem['icon'], order: ServiceOrder, possible: boolean): MenuItem => ({
    label,
    icon,
    disabled: !writable || !possible,
    needs: 'operator',
    onSelect: () => {
      onOrder(order);
    },
  });
  return [
    { label: t('stack:menu.logs'), icon: ScrollText, onSelect: onShowLogs },
    item(t('stack:menu.start'), Play, 'start', !running),
    item(t('stack:menu.stop'), Square, 'stop', running),
    item(t('stack:menu.restart'), RotateCw, 'restart', running),
    ...(service.builds === true ? [item(t('stack:menu.rebuild'), Hammer, 'rebuild', makeable)] : []),
    ...(makeable ? [item(t('stack:menu.scale'), Copy, 'scale', true)] : []),
  ];
}

/** The menu of one service. */
export function ServiceMenu(props: ServiceMenuProps) {
  const label = t('stack:menu.label', { service: props.service.name });
  return <ActionMenu label={label} icon={Ellipsis} items={menuItems(props)} />;
}
