import { Reader, Writer } from 'protobufjs/minimal.js';

/** `moby.filesync.v1.CredentialsResponse`: both empty = no login; a secret without a name = an identity token. */
export interface CredentialsAnswer {
  readonly username: string;
  readonly secret: string;
}

/** `grpc.health.v1.HealthCheckResponse` that says SERVING. */
export function servingAnswer(): Buffer {
  return finish(Writer.create().uint32(tag(1, 0)).int32(1));
}

/** The text under field 1: the id of a secret, the host of a login, the id of an SSH agent. */
export function firstText(message: Uint8Array): string {
  const reader = Reader.create(message);
  let text = '';
  while (reader.pos < reader.len) {
    const key = reader.uint32();
    if (key === tag(1, 2)) text = reader.string();
    else reader.skipType(key & 7);
  }
  return text;
}

export function credentialsAnswer({ username, secret }: CredentialsAnswer): Buffer {
  const writer = Writer.create();
  if (username !== '') writer.uint32(tag(1, 2)).string(username);
  if (secret !== '') writer.uint32(tag(2, 2)).string(secret);
  return finish(writer);
}

/** `moby.buildkit.secrets.v1.GetSecretResponse`. */
export function secretAnswer(value: Uint8Array): Buffer {
  return finish(Writer.create().uint32(tag(1, 2)).bytes(value));
}

function tag(field: number, wireType: number): number {
  return field * 8 + wireType;
}

function finish(writer: Writer): Buffer {
  return Buffer.from(writer.finish());
}
