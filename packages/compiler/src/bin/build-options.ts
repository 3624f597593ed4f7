import { parseArgs } from "node:util";
import { ChubError } from "@chub/registry";
import type { BuildOptions } from "../build-content.ts";
import { CACHE_OPTIONS, type CacheChoice, cacheChoice, jobsOf } from "./run-options.ts";

/** Arguments of `chubc build`, checked. */
export interface BuildArguments {
  readonly build: BuildOptions;
  readonly json: boolean;
  readonly cache: CacheChoice;
}

/** **Errors**: `USAGE` for arguments that make no sense. */
export function parseBuildArgs(args: readonly string[]): BuildArguments {
  const { values, positionals } = parse(args);
  const jobs = jobsOf(values.jobs);
  if (positionals.length > 1) throw usage(`Unexpected argument ${JSON.stringify(positionals[1])}`);
  return {
    build: {
      contentRoot: positionals[0] ?? "content",
      ...(values.output !== undefined && { outputPath: values.output }),
      ...(values.config !== undefined && { configPath: values.config }),
      ...(values["base-url"] !== undefined && { baseUrl: checkedUrl(values["base-url"]) }),
      validateOnly: values["validate-only"],
      keepGoing: values["keep-going"],
      ...(jobs !== null && { jobs }),
    },
    json: values.json,
    cache: cacheChoice(values),
  };
}

function parse(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        ...CACHE_OPTIONS,
        output: { type: "string", short: "o" },
        "base-url": { type: "string" },
        "validate-only": { type: "boolean", default: false },
        "keep-going": { type: "boolean", default: false },
        config: { type: "string" },
        jobs: { type: "string" },
        json: { type: "boolean", default: false },
      },
    });
  } catch (error) {
    throw usage(error instanceof Error ? error.message : String(error));
  }
}

function checkedUrl(url: string): string {
  const parsed = URL.canParse(url) ? new URL(url) : null;
  if (parsed !== null && /^https?:$/.test(parsed.protocol)) return url;
  throw usage(`Unexpected base URL ${JSON.stringify(url)}, expected one that starts with https://`);
}

function usage(message: string): ChubError {
  return new ChubError("USAGE", message, { hint: "`chubc build --help` shows the options." });
}
