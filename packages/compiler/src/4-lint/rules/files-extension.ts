import { FILE_START } from "../../diagnostics/text-position.ts";
import { defineRule } from "../rule.ts";

export const filesExtension = defineRule({
  id: "files/extension",
  code: "CHUB4112",
  severity: "error",
  suppressible: false,
  anyFile: true,
  summary: "Files are of a kind that belongs beside a document: text, code, data or a picture.",
  why: "Keys, archives, binaries and dependency folders get into a published tree only by accident.",
  help: "Remove the file, or give it the extension of what it is.",
  check({ path }, report) {
    if (!path.includes("/")) return;
    const name = path.slice(path.lastIndexOf("/") + 1);
    if (path.includes("/node_modules/"))
      report({ at: FILE_START, message: "Unexpected file of an installed dependency" });
    else if (
      !NAMES.has(name) &&
      !EXTENSIONS.has(/\.([^.]+)$/.exec(name)?.[1]?.toLowerCase() ?? "")
    ) {
      report({ at: FILE_START, message: `Unexpected kind of file "${name.slice(0, 60)}"` });
    }
  },
});

const NAMES: ReadonlySet<string> = new Set(
  "Dockerfile Gemfile LICENSE Makefile NOTICE Procfile Rakefile".split(" "),
);
const EXTENSIONS: ReadonlySet<string> = new Set(
  "astro bash bicep c cc cfg cjs clj conf cpp cs css csv cts cxx dart dockerfile ejs env-example erb erl ex example exs fs fsx gif go gradle graphql gql groovy h hbs hcl hpp hs html http ini ipynb j2 java jinja jl jpeg jpg js json json5 jsonc jsonl jsx kt kts less lua m md mdx mjs ml mts ndjson nix patch php pl png prisma properties proto ps1 psd1 psm1 py pyi r rb rego rs rst sass sbt scala scss sh sol sql svelte svg swift tcl template tf tfvars toml ts tsv tsx txt vb vue webp xml xsd yaml yml zig zsh".split(
    " ",
  ),
);
