import { createHash } from "node:crypto";
import { ChubError } from "../chub-error.ts";
import type { Source } from "./source.ts";

export interface VerifiedRead {
  readonly path: string;
  /** Expected digest, hex; without one the bytes are taken as they are. */
  readonly sha256: string | undefined;
  /** Most bytes to accept. */
  readonly maxBytes: number;
  readonly signal?: AbortSignal | undefined;
}

/** Bytes of a file whose digest is right, or null when it does not exist. Errors: ChubError INTEGRITY, and those of the source. */
export async function readVerified(
  source: Source,
  { path, sha256, maxBytes, signal }: VerifiedRead,
): Promise<Uint8Array | null> {
  const bytes = await source.read(path, signal);
  if (bytes === null) return null;
  if (bytes.length > maxBytes)
    throw mismatch(source, path, `it has ${bytes.length} bytes, more than ${maxBytes}`);
  if (sha256 !== undefined && sha256Of(bytes) !== sha256)
    throw mismatch(source, path, "its sha256 is not the one in the catalog");
  return bytes;
}

/** sha256, hex. */
export function sha256Of(bytes: Uint8Array): string {
  return createHash("sha256").update(bytes).digest("hex");
}

function mismatch(source: Source, path: string, why: string): ChubError {
  const hint =
    source.kind === "path"
      ? `Build ${source.location} again: the file was changed after the build.`
      : "Fetch it again with `chub update`.";
  return new ChubError("INTEGRITY", `Refused ${path} of source ${source.name}: ${why}`, { hint });
}
