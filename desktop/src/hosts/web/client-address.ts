import type { HttpRequest } from '#api/serve/http.ts';

const mapped = '::ffff:';

/**
 * Network address of whoever asks. What a request says of that itself is believed where it comes from the proxy that was named, and
 * of that only the last, which is what the proxy added.
 */
export function clientAddress({ address, headers }: HttpRequest, proxy: string | undefined): string {
  const from = plain(address);
  if (proxy === undefined || from !== plain(proxy)) return from;
  const forwarded = headers.filter(([name]) => name === 'x-forwarded-for').at(-1)?.[1];
  return forwarded?.split(',').at(-1)?.trim() ?? from;
}

function plain(address: string): string {
  return address.startsWith(mapped) ? address.slice(mapped.length) : address;
}
