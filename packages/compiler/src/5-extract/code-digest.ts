import { hash } from "node:crypto";
import type { ExtractedCode } from "./file-facts.ts";

/** sha256 over the code blocks of a file: what a verdict on them depends on in the file. */
export function codeDigest(
  code: readonly Pick<ExtractedCode, "lang" | "meta" | "sha256">[],
): string {
  const parts = code.map(({ lang, meta, sha256 }) => [lang, meta, sha256]);
  return hash("sha256", JSON.stringify(parts), "hex");
}
