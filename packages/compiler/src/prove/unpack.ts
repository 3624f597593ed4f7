import { gunzipSync } from "node:zlib";
import { ChubError } from "@chub/registry";
import { Parser } from "tar";

/**
 * Regular files of a package's tarball by their path without the first folder. Nothing is written anywhere.
 *
 * As npm has it: links count for nothing, nor does `./` in a path; the last of several members of one path is the one.
 * **Errors**: ChubError INTEGRITY when it is no tarball, is too large, or a path leaves it.
 */
export async function unpack(archive: Uint8Array): Promise<ReadonlyMap<string, Uint8Array>> {
  const files = new Map<string, Uint8Array>();
  const bytes = inflate(archive);
  await new Promise<void>((resolve, reject) => {
    const parser = new Parser({
      strict: true,
      onReadEntry(entry) {
        const pieces: Buffer[] = [];
        entry.on("data", (piece: Buffer) => pieces.push(piece));
        entry.on("end", () => {
          const path = insidePath(entry.path);
          if (path === null) reject(refused(`the path ${JSON.stringify(entry.path)} leaves it`));
          else if (entry.type === "File" || entry.type === "OldFile")
            files.set(path, Buffer.concat(pieces));
        });
      },
    });
    parser.on("error", (cause: unknown) => reject(refused("it is no tarball", cause)));
    parser.on("end", resolve);
    parser.end(Buffer.from(bytes));
  });
  return files;
}

function insidePath(path: string): string | null {
  const parts = path.split(/[/\\]/).filter((part) => part !== "" && part !== ".");
  return parts.includes("..") || path.includes("\0") ? null : parts.slice(1).join("/");
}

function inflate(archive: Uint8Array): Uint8Array {
  try {
    return gunzipSync(archive, { maxOutputLength: MOST_BYTES });
  } catch (cause) {
    throw refused("it is no gzip file, or too large", cause);
  }
}

function refused(why: string, cause?: unknown): ChubError {
  return new ChubError("INTEGRITY", `Refused a package: ${why}`, {
    hint: "Nothing of it was kept. Tell whoever publishes the package.",
    ...(cause !== undefined && { cause }),
  });
}

/** Unpacked. The largest packages of declarations have about 100 MB. */
const MOST_BYTES = 512 * 1024 * 1024;
