import { ChubError } from "@chub/registry";
import type { NpmRegistry } from "../prove/npm-registry.ts";
import type { HttpGet } from "./http-get.ts";
import type { KnownPackage, PackageIndex } from "./package-index.ts";

/** npm, through the user's .npmrc. */
export function npmIndex(registry: NpmRegistry): PackageIndex {
  return {
    async find(name) {
      const found = await registry.versions(name);
      if (found === null) return null;
      const latest = found.tags["latest"];
      return {
        versions: [...found.versions.keys()],
        yanked: [], // npm removes a version altogether
        ...(latest !== undefined && { latest }),
        deprecated: (version) => found.versions.get(version)?.deprecated ?? null,
      };
    },
  };
}

/** PyPI. Source: https://docs.pypi.org/api/json/ */
export function pypiIndex(base: string, get: HttpGet): PackageIndex {
  return jsonIndex(get, {
    url: (name) => `${base}/pypi/${encodeURIComponent(name)}/json`,
    read(document) {
      const releases = Object.entries(objectOf(document["releases"])).map(([version, files]) => ({
        version,
        files: listOf(files).map(objectOf),
      }));
      const there = releases.filter(({ files }) => files.length > 0);
      const isYanked = ({ files }: (typeof there)[number]): boolean =>
        files.every((file) => file["yanked"] === true);
      const { classifiers } = objectOf(document["info"]);
      const inactive = listOf(classifiers).includes("Development Status :: 7 - Inactive");
      return {
        versions: there.filter((release) => !isYanked(release)).map(({ version }) => version),
        yanked: there.filter(isYanked).map(({ version }) => version),
        deprecated: () => (inactive ? "Its authors call it inactive" : null),
      };
    },
  });
}

/** crates.io. Source: https://crates.io/data-access */
export function cargoIndex(base: string, get: HttpGet): PackageIndex {
  return jsonIndex(get, {
    url: (name) => `${base}/api/v1/crates/${encodeURIComponent(name)}`,
    read(document) {
      const versions = listOf(document["versions"]).map(objectOf);
      const numbers = (yanked: boolean): readonly string[] =>
        versions.filter((version) => (version["yanked"] === true) === yanked).map(numOf);
      const latest = objectOf(document["crate"])["max_stable_version"];
      return {
        versions: numbers(false),
        yanked: numbers(true),
        ...(typeof latest === "string" && { latest }),
        deprecated: () => null,
      };
    },
  });
}

/** RubyGems; a version that was yanked is not in the list. Source: https://guides.rubygems.org/rubygems-org-api/ */
export function gemIndex(base: string, get: HttpGet): PackageIndex {
  return jsonIndex(get, {
    url: (name) => `${base}/api/v1/versions/${encodeURIComponent(name)}.json`,
    read: (document) => ({
      versions: [
        ...new Set(listOf(document).map((version) => textOf(objectOf(version)["number"]))),
      ],
      yanked: [],
      deprecated: () => null,
    }),
  });
}

/** The Go module proxy. Sources: https://go.dev/ref/mod#goproxy-protocol, https://go.dev/ref/mod#go-mod-file-module-deprecation */
export function goIndex(base: string, get: HttpGet): PackageIndex {
  return {
    async find(name) {
      const place = `${base}/${name.replaceAll(/[A-Z]/g, (letter) => `!${letter.toLowerCase()}`)}`;
      const list = await get(`${place}/@v/list`);
      if (list === null) return null;
      const versions = list.split("\n").filter((line) => line.trim() !== "");
      const latest = parse(`${place}/@latest`, (await get(`${place}/@latest`)) ?? "{}")["Version"];
      if (typeof latest !== "string") return { versions, yanked: [], deprecated: () => null };
      const module = (await get(`${place}/@v/${latest}.mod`)) ?? "";
      const deprecated = /^\/\/\s*Deprecated:\s*(.+?)\s*$/m.exec(module)?.[1] ?? null;
      const retracted = versions.filter((version) => isRetracted(version, module));
      return {
        versions: versions.filter((version) => !retracted.includes(version)),
        yanked: retracted,
        latest,
        deprecated: () => deprecated,
      };
    },
  };
}

/** Single versions that go.mod takes back, `retract v1.0.1` or in a block. */
function isRetracted(version: string, module: string): boolean {
  const lines = module.split("\n").map((line) => line.replace(/\/\/.*$/, "").trim());
  let inside = false;
  return lines.some((line) => {
    if (/^retract\s*\($/.test(line)) inside = true;
    else if (line === ")") inside = false;
    return inside ? line === version : line === `retract ${version}`;
  });
}

interface JsonFormat {
  readonly url: (name: string) => string;
  readonly read: (document: Readonly<Record<string, unknown>>) => KnownPackage;
}

function jsonIndex(get: HttpGet, { url, read }: JsonFormat): PackageIndex {
  return {
    async find(name) {
      const place = url(name);
      const text = await get(place);
      return text === null ? null : read(parse(place, text));
    },
  };
}

function parse(url: string, text: string): Readonly<Record<string, unknown>> {
  try {
    return objectOf(JSON.parse(text));
  } catch (cause) {
    throw new ChubError("NO_DATA", `${new URL(url).host} answered with something that is no JSON`, {
      hint: "Check the address of the registry.",
      cause,
    });
  }
}

function objectOf(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null ? (value as Record<string, unknown>) : {};
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

function textOf(value: unknown): string {
  return typeof value === "string" ? value : "";
}

function numOf(version: Readonly<Record<string, unknown>>): string {
  return textOf(version["num"]);
}
