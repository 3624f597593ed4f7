import { closeSync, openSync, readSync, rmSync, writeSync } from "node:fs";
import type { ValueStore } from "../7-index/artifact.ts";

/** A value store with a file behind it. */
export interface SpillingValues extends ValueStore {
  /** Removes the file; values in it are gone. */
  close(): void;
}

/**
 * Keeps values in memory until their weights exceed `mostInMemory`, and writes the ones after that to a file, as JSON.
 *
 * The file is made when it is needed.
 */
export function spillingValues(path: string, mostInMemory: number): SpillingValues {
  let weight = 0;
  let file: number | null = null;
  let end = 0;
  const read = (position: number, length: number): string => {
    const bytes = Buffer.alloc(length);
    for (let done = 0; done < length;)
      done += readSync(file!, bytes, done, length - done, position + done);
    return bytes.toString("utf8");
  };
  return {
    put<T>(value: T, valueWeight: number): () => T {
      weight += valueWeight;
      if (weight <= mostInMemory) return () => value;
      file ??= openSync(path, "wx+", 0o600);
      const bytes = Buffer.from(JSON.stringify(value), "utf8");
      const position = end;
      for (let done = 0; done < bytes.length;)
        done += writeSync(file, bytes, done, bytes.length - done, position + done);
      end += bytes.length;
      return () => JSON.parse(read(position, bytes.length)) as T;
    },
    close() {
      if (file === null) return;
      closeSync(file);
      file = null;
      rmSync(path, { force: true });
    },
  };
}
