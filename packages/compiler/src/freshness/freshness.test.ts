import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openNpmRegistry } from "../prove/npm-registry.ts";
import { distanceTo, freshnessOf } from "./freshness.ts";
import { httpGet } from "./http-get.ts";
import { cargoIndex, gemIndex, goIndex, npmIndex, pypiIndex } from "./indexes.ts";
import { freshnessMarkdown, freshnessTable, freshnessTotals } from "./render-freshness.ts";

let server: Server;
let url: string;
beforeAll(async () => {
  server = createServer((request, response) => {
    const answer = ANSWERS[decodeURIComponent(request.url ?? "")];
    if (request.headers["user-agent"] === undefined) response.writeHead(403).end();
    else if (request.url === "/pypi/broken/json") response.writeHead(503).end();
    else if (answer === undefined) response.writeHead(404).end("not found");
    else response.end(typeof answer === "string" ? answer : JSON.stringify(answer));
  });
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => new Promise((done) => server.close(done)));

function ask(packages: readonly string[]) {
  const get = httpGet("test");
  return freshnessOf(
    [{ id: "acme/widgets", path: "acme/docs/widgets/DOC.md", packages }],
    new Map([
      ["npm", npmIndex(openNpmRegistry({ registry: url }))],
      ["pypi", pypiIndex(url, get)],
      ["golang", goIndex(url, get)],
      ["cargo", cargoIndex(url, get)],
      ["gem", gemIndex(url, get)],
    ]),
  );
}

async function shown(packages: readonly string[]): Promise<readonly string[]> {
  const rows = await ask(packages);
  return rows.map(({ package: url, latest, distance, yanked, deprecated, reason }) =>
    [url, latest, distance, yanked ? "yanked" : null, deprecated, reason].filter(Boolean).join(" "),
  );
}

describe("freshnessOf", () => {
  it("compares with npm", async () => {
    expect(
      await shown([
        "pkg:npm/left-pad@1.3.0",
        "pkg:npm/left-pad@1.2.0",
        "pkg:npm/left-pad@9.0.0",
        "pkg:npm/nowhere@1.0.0",
        "pkg:npm/%40acme/sdk@1.0.0",
        "pkg:npm/left-pad",
      ]),
    ).toEqual([
      "pkg:npm/left-pad@1.3.0 1.3.0 current use String.prototype.padStart()",
      "pkg:npm/left-pad@1.2.0 1.3.0 minor use String.prototype.padStart()",
      "pkg:npm/left-pad@9.0.0 1.3.0 not-found",
      "pkg:npm/nowhere@1.0.0 not-found",
      "pkg:npm/%40acme/sdk@1.0.0 2.0.0 major",
      "pkg:npm/left-pad 1.3.0 unknown The package URL has no version",
    ]);
  });

  it("compares with PyPI, the Go module proxy, crates.io and RubyGems", async () => {
    expect(
      await shown([
        "pkg:pypi/requests@2.32.0",
        "pkg:pypi/requests@2.32.3",
        "pkg:golang/github.com/Acme/sdk@v1.0.1",
        "pkg:golang/github.com/Acme/sdk@v1.1.0",
        "pkg:cargo/serde@1.0.1",
        "pkg:cargo/serde@1.0.0",
        "pkg:gem/rails@7.1.0",
        "pkg:gem/rails@6.9.9",
      ]),
    ).toEqual([
      "pkg:pypi/requests@2.32.0 2.32.3 patch yanked",
      "pkg:pypi/requests@2.32.3 2.32.3 current",
      "pkg:golang/github.com/Acme/sdk@v1.0.1 v1.1.0 minor yanked use github.com/acme/sdk/v2",
      "pkg:golang/github.com/Acme/sdk@v1.1.0 v1.1.0 current use github.com/acme/sdk/v2",
      "pkg:cargo/serde@1.0.1 1.0.2 patch",
      "pkg:cargo/serde@1.0.0 1.0.2 patch yanked",
      "pkg:gem/rails@7.1.0 7.2.1 minor",
      "pkg:gem/rails@6.9.9 7.2.1 not-found",
    ]);
  });

  it("says what it cannot say", async () => {
    const rows = await ask(["pkg:pypi/broken@1.0.0", "pkg:conan/zlib@1.0.0", "zlib"]);
    expect(rows.map(({ distance, unreachable }) => [distance, unreachable])).toEqual([
      ["unknown", true],
      ["unknown", false],
      ["unknown", false],
    ]);
    expect(rows.map(({ reason }) => reason?.replace(/127\.0\.0\.1:\d+/, "HOST"))).toEqual([
      "Cannot ask HOST: HTTP 503",
      "No registry for conan",
      "It is no package URL",
    ]);
    const gone = await freshnessOf(
      [{ id: "a/b", path: "a", packages: ["pkg:cargo/serde@1.0.0"] }],
      new Map([["cargo", cargoIndex("http://127.0.0.1:9", httpGet("test"))]]),
    );
    expect(gone[0]).toMatchObject({ distance: "unknown", unreachable: true });
  });

  it("is shown as a table, as Markdown, and counted", async () => {
    const rows = await ask(["pkg:cargo/serde@1.0.0", "pkg:cargo/no|thing@1.0.0"]);
    expect(freshnessTable(rows)).toBe(
      [
        "entry         package                   latest  behind by  remark",
        "acme/widgets  pkg:cargo/serde@1.0.0     1.0.2   patch      yanked",
        "acme/widgets  pkg:cargo/no|thing@1.0.0  -       not found",
        "",
      ].join("\n"),
    );
    expect(freshnessMarkdown(rows)).toContain(
      "| acme/widgets | pkg:cargo/no\\|thing@1.0.0 | - | not found |  |\n",
    );
    expect(freshnessTotals(rows)).toEqual({
      packages: 2,
      current: 0,
      patch: 1,
      minor: 0,
      major: 0,
      notFound: 1,
      unknown: 0,
      deprecated: 0,
      yanked: 1,
      unreachable: 0,
    });
  });
});

it.each([
  ["1.2.3", "1.2.3", "current"],
  ["v1.2.3", "1.2.3", "current"],
  ["1.2.3", "1.2.4", "patch"],
  ["1.2.3", "1.3.0", "minor"],
  ["1.2.3", "2.0.0", "major"],
  ["2.0.0", "1.9.9", "ahead"],
  ["2.0.0-rc.1", "2.0.0", "patch"],
  ["2.0.0", "2.0.0-rc.1", "current"],
  ["3.5.0.post1", "3.5.0", "current"],
  ["1.2", "1.2.0.1", "patch"],
  ["latest", "1.0.0", "unknown"],
  ["1.0.0", null, "unknown"],
])("the distance of %s to %s is %s", (version, latest, distance) => {
  expect(distanceTo(version, latest)).toBe(distance);
});

const dist = { tarball: "https://example.com/a.tgz", integrity: "sha512-AAAA" };
const DEPRECATED = "use String.prototype.padStart()";
/** The npm answer is a recorded one, cut to two versions; the others follow the documented formats. */
const ANSWERS: Readonly<Record<string, unknown>> = {
  "/left-pad": {
    name: "left-pad",
    "dist-tags": { latest: "1.3.0" },
    versions: {
      "1.2.0": { name: "left-pad", version: "1.2.0", deprecated: DEPRECATED, dist },
      "1.3.0": {
        name: "left-pad",
        version: "1.3.0",
        deprecated: DEPRECATED,
        dist: {
          shasum: "5b8a3a7765dfe001261dde915589e782f8c94d1e",
          tarball: "https://registry.npmjs.org/left-pad/-/left-pad-1.3.0.tgz",
          integrity:
            "sha512-XI5MPzVNApjAyhQzphX8BkmKsKUxD4LdyK24iZeQGinBN9yTQT3bFlCBy/aVx2HrNcqQGsdot8ghrjyrvMCoEA==",
        },
      },
    },
  },
  "/@acme/sdk": {
    name: "@acme/sdk",
    "dist-tags": { latest: "2.0.0", next: "3.0.0-rc.1" },
    versions: {
      "1.0.0": { version: "1.0.0", dist },
      "2.0.0": { version: "2.0.0", dist },
      "3.0.0-rc.1": { version: "3.0.0-rc.1", dist },
    },
  },
  "/pypi/requests/json": {
    info: { name: "requests", version: "2.32.3", classifiers: [] },
    releases: {
      "2.32.0": [{ filename: "requests-2.32.0.tar.gz", yanked: true, yanked_reason: "CVE" }],
      "2.32.3": [{ filename: "requests-2.32.3.tar.gz", yanked: false }],
      "3.0.0": [],
      "2.33.0rc1": [{ filename: "requests-2.33.0rc1.tar.gz", yanked: false }],
    },
  },
  "/github.com/!acme/sdk/@v/list": "v1.0.0\nv1.0.1\nv1.1.0\n",
  "/github.com/!acme/sdk/@latest": { Version: "v1.1.0", Time: "2024-01-01T00:00:00Z" },
  "/github.com/!acme/sdk/@v/v1.1.0.mod":
    "// Deprecated: use github.com/acme/sdk/v2\nmodule github.com/Acme/sdk\n\nretract (\n\tv1.0.1 // broken\n)\n",
  "/api/v1/crates/serde": {
    crate: { id: "serde", max_stable_version: "1.0.2" },
    versions: [
      { num: "1.0.2", yanked: false },
      { num: "1.0.1", yanked: false },
      { num: "1.0.0", yanked: true },
    ],
  },
  "/api/v1/versions/rails.json": [
    { number: "8.0.0.beta1", prerelease: true },
    { number: "7.2.1", prerelease: false },
    { number: "7.1.0", prerelease: false },
  ],
};
