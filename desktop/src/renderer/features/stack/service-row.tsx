import type { PublishedPort, ServiceState } from '#contract/index.ts';
import { cx } from '#ui/cx.ts';
import { moment } from '#ui/format.ts';
import { StateBadge } from '#ui/state-badge.tsx';
import { t, told } from '#words/index.ts';
import { isRunning, serviceLook } from './conditions.ts';
import { isInTrouble, LastWords, type ReadLastWords } from './last-words.tsx';
import { NotReadYet } from './not-read-yet.tsx';
import { ServiceMenu, type ServiceMenuProps } from './service-menu.tsx';
import { NarrowUsage, ServiceUsage } from './service-usage.tsx';
import css from './services-card.module.css';
import type { UsageSource } from './use-usage.ts';

export interface ServiceRowProps extends ServiceMenuProps {
  now: number;
  readLastWords: ReadLastWords;
  usage: UsageSource;
}

function Address({ port, open }: { port: PublishedPort; open: boolean }) {
  const text = (
    <>
      <span className={css['host']}>{port.hostIp.includes(':') ? `[${port.hostIp}]` : port.hostIp}</span>:
      {port.hostPort}
    </>
  );
  if (!open || port.url === undefined || !/^https?:/.test(port.url)) return <span>{text}</span>;
  return (
    <a href={port.url} target="_blank" rel="noopener noreferrer">
      {text}
    </a>
  );
}

function earliestStart({ containers }: ServiceState): string | undefined {
  return containers.flatMap(({ startedAt, status }) => (status === 'running' ? (startedAt ?? []) : [])).sort()[0];
}

/** Undefined until each of its containers has been read. */
function restartsOf({ containers }: ServiceState): number | undefined {
  let sum = 0;
  for (const { restarts } of containers) {
    if (restarts === undefined) return undefined;
    sum += restarts;
  }
  return sum;
}

function Since({ at, now }: { at: string | undefined; now: number }) {
  return at === undefined ? <span className={css['none']}>–</span> : moment(at, now);
}

const columns = 7;

/** One service as a row: version, state with its reason, addresses, since when, restarts; below it its last lines, where it is in trouble. */
export function ServiceRow(props: ServiceRowProps) {
  const { service, now, readLastWords, usage } = props;
  const restarts = restartsOf(service);
  const since = restarts === undefined ? undefined : earliestStart(service);
  const imageId = service.containers[0]?.imageId;
  const replicas = service.containers.length;
  const troubled = isInTrouble(service);
  return (
    <>
      <tr className={cx(troubled && css['open'])}>
        <th scope="row">
          <span className={css['name']}>{service.name}</span>
          <span className={css['made']}>
            {service.version === undefined ? null : <span className={css['chip']}>{service.version}</span>}
            {imageId === undefined ? null : <span className={css['id']}>{imageId.slice(0, 6)}</span>}
            {service.wanted > 1 || replicas > 1 ? (
              <span className={css['id']}>{t('stack:partOf', { part: replicas, whole: service.wanted })}</span>
            ) : null}
          </span>
        </th>
        <td>
          <StateBadge {...serviceLook(service.condition)} />
          {service.reason === undefined ? null : <p className={css['reason']}>{told(service.reason)}</p>}
          {service.changed ? <p className={css['reason']}>{t('stack:filesChanged')}</p> : null}
          {since === undefined ? null : (
            <p className={css['narrow']}>{t('stack:upSinceTime', { time: moment(since, now) })}</p>
          )}
          {restarts === undefined || restarts === 0 ? null : (
            <p className={css['narrow']}>{t('stack:restartCount', { restarts })}</p>
          )}
          <NarrowUsage name={service.name} source={usage} />
        </td>
        <td>
          <ul className={css['addresses']}>
            {service.ports.map((port) => (
              <li key={`${port.hostIp}:${port.hostPort}/${port.protocol}`}>
                <Address port={port} open={isRunning(service)} />
              </li>
            ))}
          </ul>
        </td>
        <td className={css['wide']}>{restarts === undefined ? <NotReadYet /> : <Since at={since} now={now} />}</td>
        <td className={css['wide']}>{restarts ?? <NotReadYet />}</td>
        <td className={css['wide']}>
          <ServiceUsage
            name={service.name}
            source={usage}
            expected={isRunning(service)}
            unread={restarts === undefined}
          />
        </td>
        <td className={css['menu']}>
          <ServiceMenu {...props} />
        </td>
      </tr>
      {troubled ? (
        <tr>
          <td colSpan={columns} className={css['words']}>
            <LastWords service={service} read={readLastWords} />
          </td>
        </tr>
      ) : null}
    </>
  );
}
