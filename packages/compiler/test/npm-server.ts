import { createHash } from "node:crypto";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { gzipSync } from "node:zlib";
import { tarStream } from "../src/8-emit/tar.ts";

/** A package to publish. */
export interface TestPackage {
  readonly name: string;
  readonly version: string;
  /** Text by path; package.json is made. */
  readonly files: Readonly<Record<string, string>>;
  readonly manifest?: Readonly<Record<string, unknown>>;
}

/** An npm registry on loopback. */
export interface NpmServer {
  readonly url: string;
  /** Requests so far, e.g. `GET /zod`. */
  readonly log: string[];
  /** Bytes of a tarball instead of those that were published, by `name@version`. */
  readonly tampered: Map<string, Uint8Array>;
  publish(published: TestPackage): void;
  close(): Promise<void>;
}

export async function startNpmServer(packages: readonly TestPackage[]): Promise<NpmServer> {
  const documents = new Map<string, { versions: Record<string, object>; latest: string }>();
  const tarballs = new Map<string, Uint8Array>();
  const log: string[] = [];
  const tampered = new Map<string, Uint8Array>();
  const server = createServer((request, response) => {
    const path = decodeURIComponent(request.url ?? "/").slice(1);
    log.push(`${request.method} /${path}`);
    const tarball = tarballs.get(path);
    if (tarball !== undefined) {
      response.end(tampered.get(path.slice("tarballs/".length)) ?? tarball);
      return;
    }
    const found = documents.get(path);
    const at = path.lastIndexOf("/");
    const single = documents.get(path.slice(0, at))?.versions[path.slice(at + 1)];
    if (found === undefined && single === undefined) {
      response.writeHead(404).end('{"error":"not found"}');
      return;
    }
    response.setHeader("content-type", "application/json");
    response.end(
      JSON.stringify(
        single ?? { name: path, "dist-tags": { latest: found!.latest }, versions: found!.versions },
      ),
    );
  });
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const publish = ({ name, version, files, manifest = {} }: TestPackage): void => {
    const whole = { name, version, ...manifest };
    const archive = tarballOf({ "package.json": JSON.stringify(whole), ...files });
    const place = `tarballs/${name}@${version}`;
    tarballs.set(place, archive);
    const integrity = `sha512-${createHash("sha512").update(archive).digest("base64")}`;
    const versions = documents.get(name)?.versions ?? {};
    versions[version] = { ...whole, dist: { tarball: `${url}/${place}`, integrity } };
    documents.set(name, { versions, latest: version });
  };
  for (const published of packages) publish(published);
  return {
    url,
    log,
    tampered,
    publish,
    close: () =>
      new Promise((done) => {
        server.close(() => done());
        server.closeAllConnections();
      }),
  };
}

/** Every path below `package/`, as npm packs it. */
export function tarballOf(files: Readonly<Record<string, string>>): Uint8Array {
  const parts = Object.entries(files).map(([path, text]) => {
    const bytes = Buffer.from(text);
    return { path: `package/${path}`, size: bytes.length, sha256: "", bytes: () => bytes };
  });
  return gzipSync(Buffer.concat([...tarStream(parts)]));
}
