import { hash } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { ARTIFACT_FILES, type ManifestFile } from "@chub/registry";

/** Whether an artifact folder holds an artifact with its bundle, every byte of it. */
export function isIntact(
  folder: string,
  { digest, bundleSha256 }: { readonly digest: string; readonly bundleSha256: string },
): boolean {
  const bytes = readOrNull(join(folder, ARTIFACT_FILES.manifest));
  if (bytes === null) return false;
  const manifest = parseOrNull(bytes);
  if (manifest === null || manifest.digest !== digest) return false;
  const lines = manifest.files.map(({ path, sha256 }) => `${sha256}  ${path}\n`);
  if (hash("sha256", lines.join(""), "hex") !== digest) return false;
  return (
    holds(folder, ARTIFACT_FILES.bundle, bundleSha256) &&
    manifest.files.every(({ path, sha256 }) => holds(folder, path, sha256))
  );
}

/** sha256 of the bundle of an artifact folder, hex. */
export function bundleDigest(folder: string): string {
  return hash("sha256", readFileSync(join(folder, ARTIFACT_FILES.bundle)), "hex");
}

function holds(folder: string, path: string, sha256: string): boolean {
  const bytes = readOrNull(join(folder, path));
  return bytes !== null && hash("sha256", bytes, "hex") === sha256;
}

function readOrNull(path: string): Buffer | null {
  try {
    return readFileSync(path);
  } catch {
    return null; // ENOENT and its like: then it is not there
  }
}

function parseOrNull(bytes: Buffer): ManifestFile | null {
  try {
    return JSON.parse(bytes.toString("utf8")) as ManifestFile;
  } catch {
    return null; // SyntaxError: not a manifest of ours
  }
}
