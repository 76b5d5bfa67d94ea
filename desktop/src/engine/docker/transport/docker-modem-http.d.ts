/** The part of docker-modem that sends: by default a wrapper around node:http(s) which follows redirects. */
declare module 'docker-modem/lib/http.js' {
  interface Sender {
    request: typeof import('node:http').request;
  }
  const senders: { http: Sender; https: Sender };
  export = senders;
}
