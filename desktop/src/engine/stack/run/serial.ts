/** Makes calls one after the other. Engines allocate host ports without a lock, so containers are started singly per engine. */
export function createSerial(): <T>(call: () => Promise<T>) => Promise<T> {
  let last: Promise<unknown> = Promise.resolve();
  return (call) => {
    const next = last.then(call, call);
    last = next.catch(() => undefined);
    return next;
  };
}
