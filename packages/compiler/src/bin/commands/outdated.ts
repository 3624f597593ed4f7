import { parseArgs } from "node:util";
import { ChubError } from "@chub/registry";
import { isSelected, selectContent } from "../../1-discover/content-root.ts";
import { discover } from "../../1-discover/discover.ts";
import { loadEngine } from "../../2-parse/engines.ts";
import { parseFile } from "../../2-parse/parse-file.ts";
import { validateFile } from "../../3-validate/validate-file.ts";
import { type Distance, type FreshnessRow, freshnessOf } from "../../freshness/freshness.ts";
import { httpGet } from "../../freshness/http-get.ts";
import { cargoIndex, gemIndex, goIndex, npmIndex, pypiIndex } from "../../freshness/indexes.ts";
import type { PackageIndexes } from "../../freshness/package-index.ts";
import {
  freshnessMarkdown,
  freshnessTable,
  freshnessTotals,
} from "../../freshness/render-freshness.ts";
import { type Command, type CommandIo, EXIT } from "../command.ts";
import { loadConfiguration } from "../load-configuration.ts";
import { oneOf } from "../option-values.ts";
import { userRegistry } from "../proof-environment.ts";
import { usageErrors } from "../usage.ts";
import { compilerVersion } from "../version.ts";

export const outdatedCommand: Command = {
  help: `Usage: chubc outdated [paths…] [options]

Compares the \`packages\` of every entry with their registries: npm (through your .npmrc), PyPI, the Go module proxy,
crates.io and RubyGems. Without paths: the content folder of chub.config.json, or ./content.

Options:
  --all                     Also list what is current
  --json, --markdown        Instead of the table
  --fail-on <distance>      Exit 1 from this distance on: patch, minor or major. What is deprecated, yanked or not found
                            counts always. Default: patch
  --registry <type>=<url>   Where to ask instead: pypi, golang, cargo or gem. May be repeated
  --config <file>           Configuration instead of the nearest chub.config.json

Examples:
  chubc outdated                            What is behind
  chubc outdated --fail-on major --markdown Report for a weekly job
  chubc outdated --registry pypi=https://pypi.example.com

Exit codes: 0 nothing to do, 1 something is behind, deprecated, yanked or not found, 2 wrong usage or configuration,
4 a registry could not be reached, so that the answer is not whole
`,
  async run(args, io) {
    const options = parseOutdatedArgs(args);
    const { config, contentRoot: configured } = loadConfiguration(options.config, io.cwd);
    const selection = selectContent(options.paths, { configured, cwd: io.cwd });
    const { files } = discover(selection.contentRoot, { ignore: config?.ignore ?? [] });
    const engine = await loadEngine();
    const entries = files
      .filter(({ path }) => ENTRY.test(path) && isSelected(selection, path))
      .flatMap((file) => validateFile(parseFile(file, engine).value).value ?? []);
    const rows = await freshnessOf(entries, indexesFor(options.registries, io));
    const shown = options.all
      ? rows
      : rows.filter((row) => row.distance !== "current" || isBad(row));
    const totals = freshnessTotals(rows);
    if (options.json) await io.out(`${JSON.stringify({ totals, packages: shown }, null, 2)}\n`);
    else await io.out(options.markdown ? freshnessMarkdown(shown) : freshnessTable(shown));
    await io.err(`${summary(totals)}\n`);
    if (totals.unreachable > 0) return NO_DATA;
    return rows.some((row) => isBad(row) || options.failing.has(row.distance))
      ? EXIT.findings
      : EXIT.clean;
  },
};

interface OutdatedOptions {
  readonly paths: readonly string[];
  readonly all: boolean;
  readonly json: boolean;
  readonly markdown: boolean;
  readonly failing: ReadonlySet<Distance>;
  /** Address by type of package URL. */
  readonly registries: ReadonlyMap<string, string>;
  readonly config: string | null;
}

function parseOutdatedArgs(args: readonly string[]): OutdatedOptions {
  const { values, positionals } = usageErrors(() =>
    parseArgs({ args: [...args], allowPositionals: true, options: OPTIONS }),
  );
  const least = oneOf("--fail-on", values["fail-on"], ["patch", "minor", "major"]) ?? "patch";
  const distances: readonly Distance[] = ["patch", "minor", "major"];
  return {
    paths: positionals,
    all: values.all,
    json: values.json,
    markdown: values.markdown,
    failing: new Set(distances.slice(distances.indexOf(least))),
    registries: new Map(values.registry.map(registryOf)),
    config: values.config ?? null,
  };
}

function registryOf(written: string): readonly [string, string] {
  const [, type, url] = /^(pypi|golang|cargo|gem)=(https?:\/\/.+?)\/*$/.exec(written) ?? [];
  if (type !== undefined && url !== undefined && URL.canParse(url)) return [type, url];
  throw new ChubError("USAGE", `Unexpected value ${JSON.stringify(written)} of --registry`, {
    hint: "Write pypi=https://pypi.example.com; the registry of npm is that of your .npmrc.",
  });
}

function indexesFor(registries: ReadonlyMap<string, string>, io: CommandIo): PackageIndexes {
  const get = httpGet(`chubc/${compilerVersion()} (https://github.com/chub-dev/chub)`);
  const at = (type: string, usual: string): string => registries.get(type) ?? usual;
  return new Map([
    ["npm", npmIndex(userRegistry(io))],
    ["pypi", pypiIndex(at("pypi", "https://pypi.org"), get)],
    ["golang", goIndex(at("golang", "https://proxy.golang.org"), get)],
    ["cargo", cargoIndex(at("cargo", "https://crates.io"), get)],
    ["gem", gemIndex(at("gem", "https://rubygems.org"), get)],
  ]);
}

function isBad({ distance, yanked, deprecated }: FreshnessRow): boolean {
  return distance === "not-found" || yanked || deprecated !== null;
}

function summary(totals: ReturnType<typeof freshnessTotals>): string {
  const { packages, current, patch, minor, major, notFound, deprecated, yanked } = totals;
  const parts = [
    `${current} current`,
    `${patch} behind by a patch`,
    `${minor} by a minor`,
    `${major} by a major version`,
    ...(notFound > 0 ? [`${notFound} not found`] : []),
    ...(deprecated > 0 ? [`${deprecated} deprecated`] : []),
    ...(yanked > 0 ? [`${yanked} yanked`] : []),
    ...(totals.unreachable > 0 ? [`${totals.unreachable} could not be asked for`] : []),
  ];
  return `${packages} ${packages === 1 ? "package" : "packages"}: ${parts.join(", ")}`;
}

const ENTRY = /(?:^|\/)(?:DOC|SKILL)\.md$/;
/** The code of chub for data that cannot be had. */
const NO_DATA = 4;
const OPTIONS = {
  all: { type: "boolean", default: false },
  json: { type: "boolean", default: false },
  markdown: { type: "boolean", default: false },
  "fail-on": { type: "string" },
  registry: { type: "string", multiple: true, default: [] as string[] },
  config: { type: "string" },
} as const;
