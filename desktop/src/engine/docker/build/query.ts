import type { BuildRequest } from '../types.ts';
import { isRemote } from './context/remote.ts';

type Query = Record<string, string | number | boolean | readonly string[]>;

/** The query of `POST /build`. Maps and lists travel as JSON, as the engine wants them. */
export function buildQuery(request: BuildRequest, dockerfile: string, version: '1' | '2'): Query {
  const query: Query = { version, dockerfile, rm: true };
  if (isRemote(request)) query['remote'] = request.context;
  if (request.tags.length > 0) query['t'] = request.tags;
  if (request.target !== undefined) query['target'] = request.target;
  if (request.noCache) query['nocache'] = true;
  if (request.pull) query['pull'] = true;
  if (request.network !== undefined) query['networkmode'] = request.network;
  if (request.extraHosts.length > 0) query['extrahosts'] = request.extraHosts;
  if (request.shmSize !== undefined) query['shmsize'] = request.shmSize;
  if (request.isolation !== undefined) query['isolation'] = request.isolation;
  if (request.platform !== undefined) query['platform'] = request.platform;
  if (Object.keys(request.args).length > 0) query['buildargs'] = JSON.stringify(request.args);
  if (Object.keys(request.labels).length > 0) query['labels'] = JSON.stringify(request.labels);
  if (request.cacheFrom.length > 0) query['cachefrom'] = JSON.stringify(request.cacheFrom);
  if (request.ulimits.length > 0) query['ulimits'] = JSON.stringify(request.ulimits.map(ulimit));
  return query;
}

function ulimit({ name, soft, hard }: BuildRequest['ulimits'][number]) {
  return { Name: name, Soft: soft, Hard: hard };
}
