import { ChubError } from "../chub-error.ts";
import type { RandomAccessFile } from "./source.ts";

/** Bytes in memory behind the port of a file. */
export function memoryFile(bytes: Uint8Array): RandomAccessFile {
  return {
    size: bytes.length,
    async read(position, length) {
      if (position < 0 || length < 0 || position + length > bytes.length) {
        throw new ChubError("INTEGRITY", "Unexpected end of a file, expected more bytes", {
          hint: "Fetch the source again with `chub update`.",
        });
      }
      return bytes.subarray(position, position + length);
    },
    close: async () => undefined,
  };
}
