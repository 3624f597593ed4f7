import type { Catalog } from "@chub/registry";
import { fitRows } from "../answers/fit-rows.ts";
import { missFailure } from "../answers/miss-failure.ts";
import { OUTLINE_SCHEMA, outlineLines, outlineRows } from "../answers/outline.ts";
import { PROVENANCE_SCHEMA, provenanceLines, provenanceOf } from "../answers/provenance.ts";
import { FailureError } from "../failure.ts";
import { MAX_ROW_BYTES } from "../limits.ts";
import { addressOf } from "../resources/document-uri.ts";
import { withoutUndefined } from "../without-undefined.ts";
import { languageOf } from "./filter-arguments.ts";
import type { Arguments } from "./arguments.ts";
import { TEXT_ALIASES } from "./text-aliases.ts";
import type { Tool, ToolAnswer } from "./tool.ts";

export const outlineTool: Tool = {
  name: "chub_outline",
  title: "Outline of documentation",
  description:
    "The sections of a document with their sizes in tokens and the addresses by which chub_get reads them. Use it before reading something large.",
  input: {
    type: "object",
    properties: {
      id: {
        type: "string",
        description: "Id or address: stripe/api, stripe/api@19",
        maxLength: 500,
      },
      lang: {
        type: "string",
        description: "Programming language; may be left out when there is only one",
      },
      version: { type: "string", description: "Version or range. Default: the recommended one" },
      file: { type: "string", description: "Only these files, comma-separated" },
    },
    required: ["id"],
    additionalProperties: false,
  },
  aliases: TEXT_ALIASES,
  output: {
    type: "object",
    properties: {
      provenance: PROVENANCE_SCHEMA,
      outline: OUTLINE_SCHEMA,
      sectionCount: { type: "integer" },
    },
    required: ["provenance", "outline", "sectionCount"],
  },
  isReadOnly: true,
  async run(args, ports) {
    return outlineAnswer(await ports.catalog(), args);
  },
};

/** The outline of the text that the arguments name. Errors: `FailureError` with the words of the miss. */
export async function outlineAnswer(catalog: Catalog, args: Arguments): Promise<ToolAnswer> {
  const { address, ...named } = addressOf(args.text("id") ?? "");
  const answer = await catalog.outline({
    address,
    ...withoutUndefined({
      language: languageOf(args) ?? named.language,
      version: args.text("version") ?? named.version,
      files: args.list("file"),
    }),
  });
  if (answer.outcome !== "found") throw new FailureError(missFailure(answer));
  const outline = fitRows(outlineRows(answer.items), MAX_ROW_BYTES);
  const left = answer.items.length - outline.length;
  return {
    structured: {
      provenance: provenanceOf(answer, catalog.sources()),
      outline,
      sectionCount: answer.items.length,
    },
    texts: [
      [
        ...provenanceLines(answer),
        `${answer.items.length} sections. Read one with chub_get, its address as id:`,
      ].join("\n"),
      [
        ...outlineLines(answer.items.slice(0, outline.length)),
        ...(left > 0 ? [`and ${left} more; name a file to see them`] : []),
      ].join("\n"),
    ],
  };
}
