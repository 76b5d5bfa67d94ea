import { createHash, generateKeyPairSync } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { bundleToJSON } from '@sigstore/bundle';
import {
  fulcioHandler,
  type HandlerFn,
  initializeCA,
  initializeCTLog,
  initializeTLog,
  initializeTSA,
  rekorHandler,
  tsaHandler,
} from '@sigstore/mock';
import { HashAlgorithm, PublicKeyDetails, TrustedRoot } from '@sigstore/protobuf-specs';
import { DSSEBundleBuilder, FulcioSigner, RekorWitness, TSAWitness } from '@sigstore/sign';
import { type TrustMaterial, toTrustMaterial } from '@sigstore/verify';

/** Who signs, as the identity of a workflow says. */
export interface FakeSigner {
  /** Whole identity, `https://github.com/acme/shop/.github/workflows/ci-cd.yml@refs/heads/main`. */
  readonly identity: string;
  readonly issuer?: string;
  /** `OWNER/REPOSITORY` of the sources. */
  readonly repository?: string;
}

/** A fake of the public Sigstore: an authority for certificates, logs and time of a test's own. What it signs is really signed. */
export interface FakeSigstore {
  readonly trust: TrustMaterial;
  /** The same as a `trusted_root.json`. */
  readonly root: string;
  /** A bundle, as CI would push it, over a statement about an image. */
  attest(digest: string, signer: FakeSigner, more?: { readonly predicateType?: string }): Promise<Buffer>;
  dispose(): Promise<void>;
}

const keys = () => generateKeyPairSync('ec', { namedCurve: 'P-256' });
const logUrl = 'https://log.example';
const since = new Date(Date.now() - 86_400_000);

export async function startFakeSigstore(): Promise<FakeSigstore> {
  // All of them at one moment, of whole seconds (a fraction may end in a zero, which the verifier refuses), and not before their own
  // certificates, which are made now.
  const clock = new Date((Math.floor(Date.now() / 1000) + 2) * 1000);
  const ctlog = await initializeCTLog(keys(), clock);
  const ca = await initializeCA(keys(), ctlog, clock);
  const tlog = await initializeTLog(logUrl, keys(), clock);
  const tsa = await initializeTSA(keys(), clock);
  const services = await serve([fulcioHandler(ca), rekorHandler(tlog), tsaHandler(tsa)]);
  const log = (publicKey: Buffer, keyId: Buffer) => ({
    baseUrl: logUrl,
    hashAlgorithm: HashAlgorithm.SHA2_256,
    publicKey: {
      rawBytes: publicKey,
      keyDetails: PublicKeyDetails.PKIX_ECDSA_P256_SHA_256,
      validFor: { start: since },
    },
    logId: { keyId },
    checkpointKeyId: undefined,
    operator: 'test',
  });
  const authority = (...certificates: ArrayBufferView<ArrayBuffer>[]) => ({
    subject: { organization: 'test', commonName: 'test' },
    uri: 'https://authority.example',
    certChain: { certificates: certificates.map(({ buffer }) => ({ rawBytes: Buffer.from(buffer) })) },
    validFor: { start: since },
    operator: 'test',
  });
  const parts: TrustedRoot = {
    mediaType: 'application/vnd.dev.sigstore.trustedroot+json;version=0.1',
    tlogs: [log(tlog.publicKey, createHash('sha256').update(tlog.publicKey).digest())],
    certificateAuthorities: [authority(ca.rootCertificate)],
    ctlogs: [log(ctlog.publicKey, Buffer.from(ctlog.logID.buffer))],
    timestampAuthorities: [authority(tsa.intCertificate, tsa.rootCertificate)],
  };
  return {
    trust: toTrustMaterial(parts),
    root: JSON.stringify(TrustedRoot.toJSON(parts)),
    async attest(digest, { identity, issuer = 'https://token.actions.githubusercontent.com', repository }, more = {}) {
      const statement = {
        _type: 'https://in-toto.io/Statement/v1',
        subject: [{ name: 'image', digest: { sha256: digest.replace('sha256:', '') } }],
        predicateType: more.predicateType ?? 'https://slsa.dev/provenance/v1',
        predicate: {},
      };
      const claims = { sub: identity, iss: issuer, ...(repository === undefined ? {} : { repository }) };
      const bundles = new DSSEBundleBuilder({
        signer: new FulcioSigner({
          fulcioBaseURL: services.url,
          identityProvider: { getToken: () => Promise.resolve(unsigned(claims)) },
        }),
        witnesses: [
          new RekorWitness({ rekorBaseURL: services.url, entryType: 'intoto' }),
          new TSAWitness({ tsaBaseURL: services.url }),
        ],
      });
      const bundle = await bundles.create({
        type: 'application/vnd.in-toto+json',
        data: Buffer.from(JSON.stringify(statement)),
      });
      return Buffer.from(JSON.stringify(bundleToJSON(bundle)));
    },
    dispose: services.dispose,
  };
}

/** A token that nobody has signed; the fake authority believes it. */
function unsigned(claims: object): string {
  const part = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');
  return `${part({ alg: 'none' })}.${part(claims)}.x`;
}

async function serve(handlers: readonly { path: string; fn: HandlerFn }[]) {
  const server = createServer((request, response) => {
    void text(request).then(async (body) => {
      const handler = handlers.find(({ path }) => path === request.url);
      if (handler === undefined) {
        response.writeHead(404).end();
        return;
      }
      const { statusCode, response: answer, contentType = 'text/plain' } = await handler.fn(body);
      response.writeHead(statusCode, { 'content-type': contentType });
      response.end(
        typeof answer === 'string' ? answer : Buffer.from(answer.buffer, answer.byteOffset, answer.byteLength),
      );
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    dispose: async (): Promise<void> => {
      server.close();
      server.closeAllConnections();
      await once(server, 'close');
    },
  };
}
