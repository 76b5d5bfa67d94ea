import type { RefObject } from 'react';
import { conditionText } from '#kit/query-terms.ts';
import type { LogsStore } from '#state/index.ts';
import { type LogView, toggled, withCondition } from './filter.ts';
import { LineDetail } from './line-detail.tsx';
import css from './logs-page.module.css';
import { TracePanel } from './trace-panel.tsx';
import type { ListHandle } from './use-active-row.ts';
import type { OpenedLine } from './use-opened-line.ts';

export interface LogsSideProps {
  store: LogsStore;
  environment: string;
  view: LogView;
  onChange: (view: LogView) => void;
  colors: ReadonlyMap<string, string>;
  line: OpenedLine;
  /** Whether the request was asked for here, and not by the address. */
  traced: boolean;
  list: RefObject<ListHandle | null>;
  onTrace: (request: string) => void;
}

/** Beside the list: the request that is followed, and the line that is shown in full. */
export function LogsSide({ store, environment, view, onChange, colors, line, traced, list, onTrace }: LogsSideProps) {
  const { request } = view;
  const { opened, block, byHand, onOpen, onClose } = line;
  if (request === undefined && opened === undefined) return null;
  return (
    <div className={css['side']}>
      {request === undefined ? null : (
        <TracePanel
          store={store}
          environment={environment}
          request={request}
          colors={colors}
          focused={traced}
          selected={opened?.seq}
          onOpen={onOpen}
          onOnly={() => {
            const only = conditionText({ name: 'id', operator: '=', value: request });
            onChange({ ...withCondition(view, only), request: undefined });
          }}
          onClose={() => {
            onChange({ ...view, request: undefined });
            list.current?.focus();
          }}
        />
      )}
      {opened === undefined ? null : (
        <LineDetail
          line={opened}
          block={block}
          columns={view.columns}
          focused={byHand}
          onCondition={(condition) => {
            onChange(withCondition(view, condition));
          }}
          onColumn={(path) => {
            onChange({ ...view, columns: toggled(view.columns, path) });
          }}
          onTrace={onTrace}
          onClose={onClose}
        />
      )}
    </div>
  );
}
