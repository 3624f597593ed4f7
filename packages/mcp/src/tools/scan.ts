import type { DocumentedPackage } from "@chub/registry";
import { fitRows } from "../answers/fit-rows.ts";
import { FailureError } from "../failure.ts";
import { MAX_ROW_BYTES } from "../limits.ts";
import { oneLine } from "../one-line.ts";
import type { Tool } from "./tool.ts";

export const scanTool: Tool = {
  name: "chub_scan",
  title: "Documentation for this project",
  description:
    "Which dependencies of the project in the working directory have documentation, for which version, and how far that is from the version in use. Reads its lockfiles and manifests.",
  input: { type: "object", properties: {}, additionalProperties: false },
  aliases: {},
  output: {
    type: "object",
    properties: {
      total: { type: "integer", description: "Dependencies of the project" },
      documented: { type: "integer" },
      showing: { type: "integer" },
      results: {
        type: "array",
        items: {
          type: "object",
          properties: {
            package: { type: "string", description: "Package URL without version" },
            installed: { type: "string" },
            texts: {
              type: "array",
              description: "Nearest version first",
              items: {
                type: "object",
                properties: {
                  address: { type: "string", description: "id for chub_get" },
                  language: { type: ["string", "null"] },
                  version: { type: ["string", "null"] },
                  distance: {
                    type: "string",
                    enum: ["none", "patch", "minor", "major", "unknown"],
                  },
                },
                required: ["address", "language", "version", "distance"],
              },
            },
          },
          required: ["package", "installed", "texts"],
        },
      },
      problems: {
        type: "array",
        items: { type: "string" },
        description: "Files that could not be read",
      },
    },
    required: ["total", "documented", "showing", "results"],
  },
  isReadOnly: true,
  async run(_, ports) {
    if (ports.project === null) throw noProject();
    const { project, scan } = await ports.project();
    const rows = fitRows(scan.documented.map(packageRow), MAX_ROW_BYTES);
    const total = scan.documented.length + scan.undocumented.length;
    const left = scan.documented.length - rows.length;
    return {
      structured: {
        total,
        documented: scan.documented.length,
        showing: rows.length,
        results: rows,
        ...(project.problems.length > 0 ? { problems: project.problems.slice(0, 20) } : {}),
      },
      texts: [
        [
          project.files.length === 0
            ? "There is no lockfile or manifest in the working directory or above it."
            : `${scan.documented.length} of ${total} dependencies have a document.`,
          ...scan.documented.slice(0, rows.length).map(packageLine),
          ...(left > 0 ? [`and ${left} more`] : []),
        ].join("\n"),
      ],
    };
  },
};

function packageRow({ key, installed, texts }: DocumentedPackage) {
  return { package: key, installed, texts: texts.slice(0, MAX_TEXTS) };
}

function packageLine({ key, installed, texts: [nearest] }: DocumentedPackage): string {
  const name = oneLine(`${key.replace(/^pkg:/u, "")} ${installed}`, 160);
  if (nearest === undefined) return `- ${name}`;
  const { address, language, version, distance } = nearest;
  const call = JSON.stringify({ id: address, ...(language === null ? {} : { lang: language }) });
  return `- ${name}: documented for ${version ?? "any version"} (difference: ${distance}), chub_get ${call}`;
}

function noProject(): FailureError {
  return new FailureError({
    code: "POLICY",
    message: "Over HTTP there is no project",
    hint: "Read the manifest yourself and call chub_search with the names of its dependencies",
  });
}

const MAX_TEXTS = 10;
