import { FILE_START } from "../../diagnostics/text-position.ts";
import { defineRule } from "../rule.ts";

export const filesSize = defineRule({
  id: "files/size",
  code: "CHUB4113",
  severity: "error",
  suppressible: false,
  anyFile: true,
  summary: "A file has at most 256 KiB.",
  why: "Readers refuse larger documents, and padding is used to hide text from reviewers.",
  help: "Split the file, or link the original.",
  check({ parsed, path }, report) {
    const { length } = parsed.source.bytes;
    if (length <= MOST_BYTES || !path.includes("/")) return;
    report({
      at: FILE_START,
      message: `Unexpected size of ${length} bytes, expected at most ${MOST_BYTES}`,
    });
  },
});

const MOST_BYTES = 262_144;
