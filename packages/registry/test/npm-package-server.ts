import { createHash } from "node:crypto";
import { gzipSync } from "node:zlib";
import { startHost, type Host } from "./http-host.ts";

/** A member of a tarball. */
export interface TarMember {
  readonly path: string;
  readonly bytes?: Uint8Array;
  /** `0` file, `2` link, `x` extended header … */
  readonly type?: string;
}

/** A gzipped ustar archive, as `npm pack` writes it. */
export function tarball(members: readonly TarMember[]): Uint8Array {
  const blocks = members.flatMap(({ path, bytes = new Uint8Array(), type = "0" }) => {
    const header = Buffer.alloc(512);
    const cut = path.length > 99 ? path.lastIndexOf("/", 150) : -1;
    header.write(cut === -1 ? path : path.slice(cut + 1), 0);
    header.write("0000644\0", 100);
    header.write(`${bytes.length.toString(8).padStart(11, "0")}\0`, 124);
    header.write("        ", 148);
    header.write(type, 156);
    header.write("ustar\u000000", 257);
    if (cut !== -1) header.write(path.slice(0, cut), 345);
    header.write(
      `${header
        .reduce((sum, byte) => sum + byte, 0)
        .toString(8)
        .padStart(6, "0")}\0 `,
      148,
    );
    return [header, bytes, Buffer.alloc((512 - (bytes.length % 512)) % 512)];
  });
  return gzipSync(Buffer.concat([...blocks, Buffer.alloc(1024)]));
}

/** Publishes versions of one package on a host that speaks npm's protocol. */
export async function startRegistry(
  name: string,
): Promise<Host & { publish: (version: string, archive: Uint8Array, tag?: string) => void }> {
  const host = await startHost(new Map());
  const versions: Record<string, unknown> = {};
  const tags: Record<string, string> = {};
  return Object.assign(host, {
    publish(version: string, archive: Uint8Array, tag = "latest") {
      const file = `${name}/-/${version}.tgz`;
      tags[tag] = version;
      versions[version] = {
        name,
        version,
        dist: {
          tarball: `${host.url}/${file}`,
          integrity: `sha512-${createHash("sha512").update(archive).digest("base64")}`,
        },
      };
      host.files.set(file, archive);
      host.files.set(name, Buffer.from(JSON.stringify({ name, "dist-tags": tags, versions })));
    },
  });
}
