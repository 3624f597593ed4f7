import { parseArgs } from "node:util";
import { ChubError } from "@chub/registry";
import { isSelected, selectContent } from "../../1-discover/content-root.ts";
import { discover } from "../../1-discover/discover.ts";
import { loadEngine } from "../../2-parse/engines.ts";
import { ALL_RULES, findRule } from "../../4-lint/rule-catalog.ts";
import type { WantedPackage } from "../../6-verify/types/environment.ts";
import { FORMATS } from "../../diagnostics/formats.ts";
import { type DriftReport, driftBetween } from "../../prove/drift.ts";
import type { NpmRegistry } from "../../prove/npm-registry.ts";
import { proveContent, type ProveOptions } from "../../prove/prove-content.ts";
import { type Command, EXIT } from "../command.ts";
import { loadSyntaxChecker } from "../../grammars/load-syntax-checker.ts";
import { loadConfiguration } from "../load-configuration.ts";
import { countOf, oneOf } from "../option-values.ts";
import { pathPrefix } from "../path-prefix.ts";
import { userProofWorld, userRegistry } from "../proof-environment.ts";
import { usageErrors } from "../usage.ts";
import { compilerVersion } from "../version.ts";
import { writeReport } from "../write-report.ts";

export const driftCommand: Command = {
  help: `Usage: chubc drift <paths…> --to <version> [options]

Says which code blocks pass with the packages that their document names and break with newer ones.

Options:
  --to <version>    latest: of every package of the documents. A version or tag: of their first package.
                    name@version: of that package; may be repeated
  --format <name>   pretty, compact, json, jsonl, github or sarif, as in \`chubc lint\`
  --json            Every block that breaks, with the versions, as JSON
  --jobs <n>, --timeout <s>, --store <folder>, --config <file>, --no-color
                    As in \`chubc verify\`

Examples:
  chubc drift content/stripe/docs/api/DOC.md --to latest
  chubc drift content/acme --to @acme/sdk@3.0.0-rc.1 --json
  chubc drift content --to latest --format github

Exit codes: 0 nothing breaks, 1 blocks break, 2 wrong usage or configuration, 4 the npm registry could not be reached or
has no such version
`,
  async run(args, io) {
    const options = parseDriftArgs(args);
    const { config, contentRoot: configured } = loadConfiguration(options.config, io.cwd);
    const selection = selectContent(options.paths, { configured, cwd: io.cwd });
    const discovered = discover(selection.contentRoot, { ignore: config?.ignore ?? [] });
    const registry = userRegistry(io);
    const prove: ProveOptions = {
      engine: await loadEngine(),
      checkSyntax: await loadSyntaxChecker(discovered.files),
      isSelected: (path) => isSelected(selection, path),
      world: userProofWorld(options, io),
      locks: new Map(),
    };
    const before = await proveContent(discovered, prove);
    const replaced = (wanted: readonly WantedPackage[]) =>
      replacedPackages(wanted, options.to, registry);
    const after = await proveContent(discovered, { ...prove, replaced });
    const found = driftBetween(before, after, findRule("code/syntax")!);
    const prefix = pathPrefix(selection.contentRoot, io.cwd);
    if (options.json) await io.out(`${JSON.stringify(found.files, null, 2)}\n`);
    else {
      const texts = new Map(after.map(({ file }) => [file.path, file.text]));
      await writeReport(
        {
          diagnostics: found.diagnostics,
          files: after.length,
          prefix,
          textOf: (path) => texts.get(path) ?? null,
          rules: ALL_RULES,
          version: compilerVersion(),
        },
        options,
        io,
      );
    }
    await io.err(`${summary(found)}\n`);
    return found.diagnostics.length > 0 ? EXIT.findings : EXIT.clean;
  },
};

function parseDriftArgs(args: readonly string[]) {
  const { values, positionals } = usageErrors(() =>
    parseArgs({ args: [...args], allowPositionals: true, options: OPTIONS }),
  );
  if (values.to.length === 0) {
    throw new ChubError("USAGE", "No --to", { hint: "Add --to latest, or a version." });
  }
  return {
    paths: positionals,
    to: values.to,
    format: oneOf("--format", values.format, FORMATS),
    json: values.json,
    store: values.store ?? null,
    jobs: countOf("--jobs", values.jobs),
    timeoutSeconds: countOf("--timeout", values.timeout),
    config: values.config ?? null,
    noColor: values["no-color"],
  };
}

async function replacedPackages(
  wanted: readonly WantedPackage[],
  to: readonly string[],
  registry: NpmRegistry,
): Promise<readonly WantedPackage[]> {
  return Promise.all(
    wanted.map(async ({ name, version }, nth) => {
      const named = to.find((target) => target.startsWith(`${name}@`))?.slice(name.length + 1);
      const plain = to.find((target) => !target.slice(1).includes("@"));
      const target = named ?? (nth === 0 || plain === "latest" ? plain : undefined);
      if (target === undefined) return { name, version };
      return { name, version: await versionOf(name, target, registry) };
    }),
  );
}

async function versionOf(name: string, target: string, registry: NpmRegistry): Promise<string> {
  const found = await registry.versions(name);
  const version = found?.tags[target] ?? target;
  if (found?.versions.has(version) === true) return version;
  throw new ChubError("NO_DATA", `The npm registry has no ${name}@${target}`, {
    hint: "Name a version or a tag that it has.",
  });
}

function summary({ files }: DriftReport): string {
  const blocks = files.flatMap(({ breaks }) => breaks).length;
  const broken = files.filter(({ breaks }) => breaks.length > 0).length;
  return `${files.length} files checked against other versions: ${blocks} code blocks of ${broken} files break`;
}

const OPTIONS = {
  to: { type: "string", multiple: true, default: [] as string[] },
  format: { type: "string" },
  json: { type: "boolean", default: false },
  jobs: { type: "string" },
  timeout: { type: "string" },
  store: { type: "string" },
  config: { type: "string" },
  "no-color": { type: "boolean", default: false },
} as const;
