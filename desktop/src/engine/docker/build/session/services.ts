import type { status as grpcStatus, handleUnaryCall, Server, ServiceDefinition } from '@grpc/grpc-js';
import type { SessionAnswers } from './answers.ts';
import { credentialsAnswer, firstText, secretAnswer, servingAnswer } from './messages.ts';

type Answer = (message: Buffer) => Promise<Buffer>;

/** Thrown by an answer that the builder has to be told is not there. */
class NotOffered extends Error {}

/** Everything that is served, by the path of its method. Whatever else the builder asks for is UNIMPLEMENTED. */
function methods(answers: SessionAnswers): Readonly<Record<string, Answer>> {
  return {
    // The builder drops a session that does not answer this within a few seconds.
    '/grpc.health.v1.Health/Check': () => Promise.resolve(servingAnswer()),
    '/moby.filesync.v1.Auth/Credentials': async (message) =>
      credentialsAnswer(await answers.credentials(firstText(message))),
    // Newer builders also ask for HTTP_AUTH_…: whatever was not offered under exactly its id must not be answered.
    '/moby.buildkit.secrets.v1.Secrets/GetSecret': async (message) => {
      const id = firstText(message);
      const value = await answers.secret(id);
      if (value === undefined) throw new NotOffered(`secret ${id} not found`);
      return secretAnswer(value);
    },
  };
}

/** Puts the answers on a gRPC server; returns the paths of its methods, which the builder is told beforehand. */
export function serve(server: Server, answers: SessionAnswers, status: typeof grpcStatus): string[] {
  const served = Object.entries(methods(answers));
  for (const [path, answer] of served) server.addService(definition(path), { call: handler(answer, status) });
  return served.map(([path]) => path);
}

function definition(path: string): ServiceDefinition {
  const bytes = (value: Buffer): Buffer => value;
  return {
    call: {
      path,
      requestStream: false,
      responseStream: false,
      requestSerialize: bytes,
      requestDeserialize: bytes,
      responseSerialize: bytes,
      responseDeserialize: bytes,
    },
  };
}

function handler(answer: Answer, status: typeof grpcStatus): handleUnaryCall<Buffer, Buffer> {
  return ({ request }, reply) => {
    answer(request).then(
      (message) => {
        reply(null, message);
      },
      (error: unknown) => {
        const code = error instanceof NotOffered ? status.NOT_FOUND : status.INTERNAL;
        reply({ code, details: error instanceof Error ? error.message : String(error) });
      },
    );
  };
}
