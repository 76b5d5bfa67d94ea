/** Name of the isolated world in which the preload script runs, and of the binding that only this world has. */
export const preloadWorld = 'electron-preload';
export const preloadBinding = '__doubleSend';
export const preloadReceiver = '__doubleReceive';

/**
 * Source for the isolated world: what a sandboxed preload script finds (`require('electron')` with ipcRenderer and nothing
 * else), then the script itself. Ports that it sends stay in the page; their messages are carried over by the binding.
 */
export function preloadSource(script: string): string {
  return `(() => {
  if (window !== window.top) return;
  const send = (message) => globalThis.${preloadBinding}(JSON.stringify(message));
  const strict = (name, target) => new Proxy(target, { get(object, key) {
    if (typeof key === 'symbol' || key in object || key === '__esModule' || key === 'default') return object[key];
    throw new Error('electron double: ' + name + '.' + key + ' is not implemented in preload scripts');
  } });
  const toWire = (data) => {
    if (typeof data === 'string') return { text: data };
    if (data === null) return { empty: true };
    throw new Error('electron double: only text crosses the bridge, not ' + Object.prototype.toString.call(data));
  };
  const ports = new Map();
  let lastPort = 0;
  const adopt = (port) => {
    const id = ++lastPort;
    ports.set(id, port);
    port.addEventListener('message', (event) => guarded(() => send({ kind: 'port-message', id, data: toWire(event.data) })));
    port.addEventListener('close', () => { ports.delete(id); send({ kind: 'port-close', id }); });
    port.start();
    return id;
  };
  const guarded = (work) => {
    try { work(); } catch (error) { send({ kind: 'problem', message: String(error && error.stack || error) }); }
  };
  globalThis.${preloadReceiver} = (message) => guarded(() => {
    const port = ports.get(message.id);
    if (!port) return;
    if (message.kind === 'port-message') port.postMessage(message.data.text);
    else { ports.delete(message.id); port.close(); }
  });
  const ipcRenderer = strict('ipcRenderer', {
    postMessage(channel, message, transfer = []) {
      const data = toWire(message);
      send({ kind: 'post', channel, data, ports: transfer.map(adopt) });
    },
  });
  const require = (name) => {
    if (name === 'electron' || name === 'electron/renderer') return strict('electron', { ipcRenderer });
    throw new Error('module not found: ' + name);
  };
  const module = { exports: {} };
  guarded(() => (function (require, module, exports) {${script}
}).call(undefined, require, module, module.exports));
})();
//# sourceURL=electron-preload.js`;
}
