import { describe, expect, it } from "vitest";
import { scanTarball, tarballFiles, type TarballReading } from "../src/sources/tarball.ts";
import { tarball, type TarMember } from "./npm-package-server.ts";
import { codeOf } from "./source-contract.ts";

const READING: TarballReading = {
  name: "the archive",
  hasFolder: true,
  maxBytes: 1_000_000,
  maxMemberBytes: 600_000,
  maxMembers: 4,
};
const file: TarMember = { path: "package/a.md", bytes: Buffer.from("a") };

async function problemOf(archive: Uint8Array): Promise<string> {
  try {
    await scanTarball(archive, READING);
    return "no problem";
  } catch (error) {
    return (error as Error).message;
  }
}

describe("refuses the whole archive for", () => {
  it.each<[string, readonly TarMember[], string]>([
    ["a path that climbs", [{ path: "package/../../evil" }], "the path .* is not allowed"],
    ["an absolute path", [{ path: "/etc/passwd" }], "the path .* is not allowed"],
    ["a backslash", [{ path: "package/..\\evil" }], "the path .* is not allowed"],
    ["a dot", [{ path: "package/./a" }], "the path .* is not allowed"],
    ["a control character", [{ path: "package/a\u0001b" }], "the path .* is not allowed"],
    ["a file beside the folder", [{ path: "evil" }], "the path .* is not allowed"],
    ["a folder that climbs", [{ path: "package/../x", type: "5" }], "the path .* is not allowed"],
    ["a symbolic link", [{ path: "package/link", type: "2" }], "is not a plain file"],
    ["a hard link", [{ path: "package/link", type: "1" }], "is not a plain file"],
    ["a device", [{ path: "package/device", type: "3" }], "is not a plain file"],
    ["a pipe", [{ path: "package/pipe", type: "6" }], "is not a plain file"],
    ["a file that is there twice", [file, file], "is there twice"],
    ["two that differ by case", [file, { path: "package/A.md" }], "is there twice"],
    [
      "an extended path that climbs",
      [{ path: "x", type: "x", bytes: Buffer.from("28 path=package/../../evil\n") }, file],
      "the path .* is not allowed",
    ],
    [
      "too many members",
      Array.from({ length: 5 }, (_, index) => ({ path: `package/${index}` })),
      "more than 4 members",
    ],
    [
      "a member that is too large",
      [{ path: "package/zeros", bytes: new Uint8Array(700_000) }],
      "is larger than 600000 bytes",
    ],
    [
      "too many bytes",
      [
        { path: "package/a", bytes: new Uint8Array(500_000) },
        { path: "package/b", bytes: new Uint8Array(500_000) },
      ],
      "is larger than 1000000 bytes",
    ],
  ])("%s", async (_, members, why) => {
    expect(await problemOf(tarball(members))).toMatch(new RegExp(`^Refused the archive: .*${why}`));
  });

  it("bytes that are no archive, a whole one with something behind it, and a cut one", async () => {
    const good = tarball([file]);
    const archives = {
      text: Buffer.from("no gzip"),
      nothing: new Uint8Array(),
      cut: good.subarray(0, -6),
      garbage: Buffer.concat([good, Buffer.from("garbage")]),
      "a second one": Buffer.concat([good, tarball([{ ...file, bytes: Buffer.from("b") }])]),
    };
    for (const [name, archive] of Object.entries(archives))
      expect([name, await codeOf(scanTarball(archive, READING))]).toEqual([name, "INTEGRITY"]);
  });
});

it("gives every plain file once, with long paths and without folders", async () => {
  const long = `package/${"folder/".repeat(18)}file.md`;
  const archive = tarball([
    { path: "package", type: "5" },
    file,
    { path: long, bytes: Buffer.from("b") },
  ]);
  const files: [string, string][] = [];
  for await (const { path, bytes } of tarballFiles(archive, READING, () => true))
    files.push([path, Buffer.from(bytes ?? "").toString()]);
  expect(files).toEqual([
    ["a.md", "a"],
    [long.slice(8), "b"],
  ]);
});

it("takes paths as they are when no folder stands in front", async () => {
  const archive = tarball([{ path: "registry.json", bytes: Buffer.from("{}") }, file]);
  const paths = [...(await scanTarball(archive, { ...READING, hasFolder: false })).keys()];
  expect(paths).toEqual(["registry.json", "package/a.md"]);
});
