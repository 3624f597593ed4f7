import { ChubError } from "../chub-error.ts";
import { artifactPathProblem } from "../contract/artifact-path.ts";
import { ARTIFACT_FORMAT } from "../contract/contract.ts";
import { sha256Of } from "./read-verified.ts";

/** Files of an artifact by path. */
export interface Manifest {
  /** Root digest. */
  readonly digest: string;
  readonly files: ReadonlyMap<string, { readonly size: number; readonly sha256: string }>;
}

/**
 * Reads a manifest.json; its digest must be that of its list. Errors: ChubError INTEGRITY, FORMAT_TOO_NEW.
 */
export function decodeManifest(bytes: Uint8Array, sourceName: string): Manifest {
  const json = parse(bytes, sourceName);
  const { format, digest, files } = json;
  if (typeof format !== "number" || typeof digest !== "string" || !Array.isArray(files))
    throw malformed(sourceName, "format, digest or files is missing");
  if (format > ARTIFACT_FORMAT) {
    throw new ChubError(
      "FORMAT_TOO_NEW",
      `Source ${sourceName} has format ${format}, this reader knows up to ${ARTIFACT_FORMAT}`,
      { hint: "Install a newer chub." },
    );
  }
  const listed = new Map<string, { size: number; sha256: string }>();
  let lines = "";
  for (const value of files as unknown[]) {
    const { path, size, sha256 } = (
      typeof value === "object" && value !== null ? value : {}
    ) as Readonly<Record<string, unknown>>;
    if (typeof path !== "string" || artifactPathProblem(path) !== null)
      throw malformed(
        sourceName,
        `the path ${JSON.stringify(path)?.slice(0, 100) ?? "of a file"} is not allowed`,
      );
    if (
      !Number.isSafeInteger(size) ||
      (size as number) < 0 ||
      typeof sha256 !== "string" ||
      !/^[0-9a-f]{64}$/.test(sha256)
    )
      throw malformed(sourceName, `${path} has no size or sha256`);
    listed.set(path, { size: size as number, sha256 });
    lines += `${sha256}  ${path}\n`;
  }
  if (sha256Of(new TextEncoder().encode(lines)) !== digest)
    throw malformed(sourceName, "its digest is not that of its files");
  return { digest, files: listed };
}

function parse(bytes: Uint8Array, sourceName: string): Readonly<Record<string, unknown>> {
  try {
    const json: unknown = JSON.parse(
      new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes),
    );
    if (typeof json === "object" && json !== null) return json as Readonly<Record<string, unknown>>;
  } catch (cause) {
    throw malformed(sourceName, "it is not JSON", cause);
  }
  throw malformed(sourceName, "it is not an object");
}

function malformed(sourceName: string, why: string, cause?: unknown): ChubError {
  return new ChubError("INTEGRITY", `Unexpected manifest.json of source ${sourceName}: ${why}`, {
    hint: "Nothing of it was kept. Tell whoever runs the source.",
    ...(cause === undefined ? {} : { cause }),
  });
}
