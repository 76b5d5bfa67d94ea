import { Copy, Ellipsis, Hammer, Play, RotateCw, ScrollText, Square } from 'lucide-react';
import type { ServiceState } from '#contract/index.ts';
import { ActionMenu, type MenuItem } from '#ui/menu.tsx';
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
    { label: 'Show logs', icon: ScrollText, onSelect: onShowLogs },
    item('Start', Play, 'start', !running),
    item('Stop', Square, 'stop', running),
    item('Restart…', RotateCw, 'restart', running),
    ...(service.builds === true ? [item('Rebuild…', Hammer, 'rebuild', makeable)] : []),
    ...(makeable ? [item('Scale…', Copy, 'scale', true)] : []),
  ];
}

/** The menu of one service. */
export function ServiceMenu(props: ServiceMenuProps) {
  return <ActionMenu label={`Actions for ${props.service.name}`} icon={Ellipsis} items={menuItems(props)} />;
}
