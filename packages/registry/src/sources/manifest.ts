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
    const file = decodeFile(value);
    if (typeof file === "string") throw malformed(sourceName, file);
    listed.set(file.path, { size: file.size, sha256: file.sha256 });
    lines += `${file.sha256}  ${file.path}\n`;
  }
  if (sha256Of(new TextEncoder().encode(lines)) !== digest) {
    throw malformed(sourceName, "its digest is not that of its files");
  }
  return { digest, files: listed };
}

/** A line of the manifest, or what is wrong with it. */
function decodeFile(value: unknown): { path: string; size: number; sha256: string } | string {
  if (typeof value !== "object" || value === null) return "a file is not an object";
  const { path, size, sha256 } = value as Readonly<Record<string, unknown>>;
  if (typeof path !== "string") return "a file has no path";
  const problem = artifactPathProblem(path);
  if (problem !== null)
    return `the path ${JSON.stringify(path.slice(0, 100))} is not allowed: ${problem}`;
  if (typeof size !== "number" || !Number.isSafeInteger(size) || size < 0)
    return `${path} has no size`;
  if (typeof sha256 !== "string" || !/^[0-9a-f]{64}$/.test(sha256)) return `${path} has no sha256`;
  return { path, size, sha256 };
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
