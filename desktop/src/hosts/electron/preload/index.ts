import { ipcRenderer } from 'electron';

const channel = 'quayside:connect';

// The page makes a channel, keeps one end and sends the other here: the only thing that ever passes to the main process.
window.addEventListener('message', (event) => {
  const own = event.source === window && event.origin === location.origin;
  if (!own || event.data !== channel || event.ports.length !== 1) return;
  ipcRenderer.postMessage(channel, null, [...event.ports]);
});
