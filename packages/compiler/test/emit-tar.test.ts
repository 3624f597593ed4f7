import fc from "fast-check";
import { expect, it } from "vitest";
import { readTar } from "./read-tar.ts";
import { tarStream } from "../src/8-emit/tar.ts";

const segment = fc.stringMatching(/^[a-z][a-z0-9.-]{0,99}$/);
const path = fc
  .array(segment, { minLength: 1, maxLength: 4 })
  .map((segments) => segments.join("/"));
const files = fc.uniqueArray(fc.tuple(path, fc.uint8Array({ maxLength: 1500 })), {
  selector: ([name]) => name,
  maxLength: 8,
});

it("holds every file, whatever the length of its path", () => {
  fc.assert(
    fc.property(files, (list) => {
      const parts = list.map(([name, bytes]) => ({
        path: name,
        size: bytes.length,
        bytes: () => bytes,
      }));
      const read = readTar(Buffer.concat([...tarStream(parts)]));
      expect([...read]).toEqual(list.map(([name, bytes]) => [name, Buffer.from(bytes)]));
    }),
  );
});
