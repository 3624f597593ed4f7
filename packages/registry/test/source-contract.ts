import { expect, it } from "vitest";
import { isChubError, type Source } from "../src/index.ts";

/** A source over some files, and what must be done when the test is over. */
export interface SourceUnderTest {
  readonly source: Source;
  readonly close: () => Promise<void>;
}

/** What every kind of source promises; `make` gives a source over exactly these files. */
export function sourceContract(
  kind: string,
  make: (files: ReadonlyMap<string, Uint8Array>) => Promise<SourceUnderTest>,
): void {
  const bytes = Uint8Array.from({ length: 70_000 }, (_, index) => (index * 31) % 251);
  const files = new Map<string, Uint8Array>([
    ["registry.json", Buffer.from('{"version":"1.0.0","docs":[],"skills":[]}')],
    ["index/catalog.bin", bytes],
    ["stripe/docs/api/DOC.md", Buffer.from("# Stripe\n")],
    ["empty.md", new Uint8Array(0)],
  ]);
  const with_ = async (check: (source: Source) => Promise<void>): Promise<void> => {
    const { source, close } = await make(files);
    try {
      await check(source);
    } finally {
      await close();
    }
  };

  it(`${kind}: gives whole files, byte for byte`, () =>
    with_(async (source) => {
      for (const [path, content] of files)
        expect(Buffer.from((await source.read(path)) ?? [255])).toEqual(Buffer.from(content));
    }));

  it(`${kind}: gives null for what is not there`, () =>
    with_(async (source) => {
      expect(await source.read("nothing.md")).toBe(null);
      expect(await source.open("stripe/docs/api/OTHER.md")).toBe(null);
      expect(await source.read("stripe/docs")).toBe(null);
    }));

  it(`${kind}: reads any stretch of a file, and nothing past its end`, () =>
    with_(async (source) => {
      const file = await source.open("index/catalog.bin");
      if (file === null) throw new Error("expected a file");
      expect(file.size).toBe(bytes.length);
      for (const [position, length] of [
        [0, 0],
        [0, 64],
        [4096, 8192],
        [69_999, 1],
        [0, 70_000],
      ] as const) {
        expect(Buffer.from(await file.read(position, length))).toEqual(
          Buffer.from(bytes.subarray(position, position + length)),
        );
      }
      for (const [position, length] of [
        [69_999, 2],
        [70_000, 1],
        [-1, 4],
        [0, 2 ** 40],
      ] as const) {
        expect(await codeOf(file.read(position, length))).toBe("INTEGRITY");
      }
      await file.close();
    }));

  it(`${kind}: refuses every path outside the grammar before it touches anything`, () =>
    with_(async (source) => {
      for (const path of HOSTILE_PATHS) {
        expect([path, await codeOf(source.read(path))]).toEqual([path, "INTEGRITY"]);
        expect([path, await codeOf(source.open(path))]).toEqual([path, "INTEGRITY"]);
      }
    }));
}

export async function codeOf(action: Promise<unknown>): Promise<string> {
  try {
    await action;
    return "no error";
  } catch (error) {
    if (isChubError(error)) return error.code;
    throw error;
  }
}

const HOSTILE_PATHS: readonly string[] = [
  "../outside.md",
  "a/../../outside.md",
  "/etc/passwd",
  "C:\\secret",
  "C:/secret",
  "..\\outside.md",
  "a\\b",
  "a\0b",
  "a//b",
  "./a",
  "a/.",
  "a/./b",
  "",
  ".env",
  "a/.ssh/id_rsa",
  "con",
  "a/nul.md",
  "x:stream",
  "a?b",
  "a#b",
  "a%2fb",
  "//host/share",
  "a ",
  "a.",
  "é.md",
  "a".repeat(101),
  "a/".repeat(12) + "a",
];
