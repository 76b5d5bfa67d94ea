import { Dialog as Base } from '@base-ui/react/dialog';
import type { ReactNode } from 'react';
import { t } from '#words/index.ts';
import { Button } from './button.tsx';
import css from './dialog.module.css';

export interface ConfirmDialogProps {
  open: boolean;
  title: string;
  /** What will happen, in one sentence. */
  description: string;
  /** Absent: nothing can be done, it is only read and closed. */
  confirm: string | undefined;
  danger?: boolean;
  confirmDisabled?: boolean;
  children?: ReactNode;
  onConfirm: () => void;
  onClose: () => void;
}

/** Asks before something is done: names it, lists what it touches, and gives a way out. */
export function ConfirmDialog(props: ConfirmDialogProps) {
  const {
    open,
    title,
    description,
    confirm,
    danger = false,
    confirmDisabled = false,
    children,
    onConfirm,
    onClose,
  } = props;
  return (
    <Base.Root
      open={open}
      onOpenChange={(next) => {
        if (!next) onClose();
      }}
    >
      <Base.Portal>
        <Base.Backdrop className={css['backdrop']} />
        <Base.Popup className={css['popup']}>
          <Base.Title className={css['title']}>{title}</Base.Title>
          <Base.Description className={css['description']}>{description}</Base.Description>
          {children === undefined ? null : <div className={css['body']}>{children}</div>}
          <div className={css['actions']}>
            <Base.Close
              render={
                <Button look={confirm === undefined ? 'plain' : 'quiet'}>
                  {t(confirm === undefined ? 'ui:close' : 'ui:cancel')}
                </Button>
              }
            />
            {confirm === undefined ? null : (
              <Button look={danger ? 'danger' : 'primary'} disabled={confirmDisabled} onClick={onConfirm}>
                {confirm}
              </Button>
            )}
          </div>
        </Base.Popup>
      </Base.Portal>
    </Base.Root>
  );
}

export interface InfoDialogProps {
  title: string;
  description: string;
  children: ReactNode;
  onClose: () => void;
}

/** Shows something that is only to be read. */
export function InfoDialog({ title, description, children, onClose }: InfoDialogProps) {
  return (
    <Base.Root
      open
      onOpenChange={(next) => {
        if (!next) onClose();
      }}
    >
      <Base.Portal>
        <Base.Backdrop className={css['backdrop']} />
        <Base.Popup className={css['popup']}>
          <Base.Title className={css['title']}>{title}</Base.Title>
          <Base.Description className={css['description']}>{description}</Base.Description>
          <div className={css['body']}>{children}</div>
          <div className={css['actions']}>
            <Base.Close render={<Button>{t('ui:close')}</Button>} />
          </div>
        </Base.Popup>
      </Base.Portal>
    </Base.Root>
  );
}
