import { defineRule } from "../rule.ts";

export const safetyVisibleText = defineRule({
  id: "safety/visible-text",
  code: "CHUB5101",
  severity: "error",
  fixable: "unsafe",
  suppressible: false,
  anyFile: true,
  summary:
    "A file holds no invisible, bidirectional or control characters, and nothing from private or tag blocks.",
  why: "What a reviewer cannot see, a model still reads; and some of them reorder or obey on a terminal.",
  help: "Remove the characters; write an escape such as `\\u200b` when the text is about them.",
  check({ text }, report) {
    if (!SUSPICIOUS.test(text)) return;
    for (const match of text.matchAll(HIDDEN_RUN)) {
      const start = match.index;
      const hidden = Array.from(match[0]).filter(
        (character, index, all) => !isLegal(character, { text, start, index, all }),
      );
      if (hidden.length === 0) continue;
      const end = start + match[0].length;
      const edits = [{ start, end, text: "" }];
      report({
        at: [start, end],
        message: `Unexpected ${describe(hidden)}`,
        fixes: [{ title: "Remove the characters", kind: "unsafe", edits }],
      });
    }
  },
});

interface Place {
  readonly text: string;
  readonly start: number;
  readonly index: number;
  readonly all: readonly string[];
}

/** Emoji need three of them: the emoji selector, the joiner, and tags that make a flag. */
function isLegal(character: string, { text, start, index, all }: Place): boolean {
  if (character === "\uFEFF") return start === 0 && index === 0;
  const before = text.slice(Math.max(0, start - 2), start);
  const emojiBefore = EMOJI_END.test(before);
  if (character === "\uFE0F")
    return index === 0 && (emojiBefore || /[0-9#*\u00A9\u00AE\u203C-\u3299]$/.test(before));
  if (character === "\u200D") {
    const after = text.slice(start + all.join("").length).slice(0, 2);
    return (
      all.slice(0, index).every((one) => one === "\uFE0F") &&
      index === all.length - 1 &&
      emojiBefore &&
      EMOJI_START.test(after)
    );
  }
  return text.slice(0, start).endsWith(BLACK_FLAG) && FLAG_TAGS.test(all.join(""));
}

function describe(characters: readonly string[]): string {
  const names = [...new Set(characters.map(nameOf))];
  const list = names.slice(0, 3).join(", ") + (names.length > 3 ? ", …" : "");
  return characters.length === 1
    ? `character ${list}`
    : `run of ${characters.length} characters (${list})`;
}

function nameOf(character: string): string {
  const point = character.codePointAt(0) ?? 0;
  const name = `U+${point.toString(16).toUpperCase().padStart(4, "0")}`;
  const kind = KINDS.find(([from, to]) => point >= from && point <= to)?.[2];
  return kind === undefined ? name : `${name} ${kind}`;
}

/* oxlint-disable no-control-regex, no-misleading-character-class -- such characters are what it looks for */
const SUSPICIOUS =
  /[\u0000-\u0008\u000B\u000C\u000E-\u001F\u007F-\u009F\u00AD\u061C\u115F\u1160\u180E\u200B-\u200F\u2028-\u202E\u2060-\u206F\u3164\uD800-\uF8FF\uFE00-\uFE0F\uFEFF\uFFA0\uFFF9-\uFFFF]|\r(?!\n)/;
const HIDDEN_RUN =
  /(?:[\u0000-\u0008\u000B\u000C\u000E-\u001F\u007F-\u009F\u00AD\u061C\u115F\u1160\u180E\u200B-\u200F\u2028-\u202E\u2060-\u206F\u3164\uE000-\uF8FF\uFE00-\uFE0F\uFEFF\uFFA0\uFFF9-\uFFFC\uFFFE\uFFFF\u{1FFFE}\u{1FFFF}\u{E0000}-\u{E0FFF}\u{F0000}-\u{10FFFF}]|\p{Cs}|\r(?!\n))+/gu;
/* oxlint-enable no-control-regex, no-misleading-character-class */
const EMOJI_END = /[\p{Extended_Pictographic}\p{Emoji_Modifier}]$/u;
const EMOJI_START = /^\p{Extended_Pictographic}/u;
const BLACK_FLAG = "\u{1F3F4}";
const FLAG_TAGS = /^[\u{E0020}-\u{E007E}]{2,7}\u{E007F}$/u;
const KINDS: readonly (readonly [from: number, to: number, kind: string])[] = [
  [0x0d, 0x0d, "carriage return without line feed"],
  [0x00, 0x1f, "control character"],
  [0x7f, 0x9f, "control character"],
  [0xad, 0xad, "soft hyphen"],
  [0x200b, 0x200d, "zero-width character"],
  [0x200e, 0x200f, "direction mark"],
  [0x202a, 0x202e, "direction override"],
  [0x2066, 0x2069, "direction isolate"],
  [0xe000, 0xf8ff, "private use"],
  [0xfe00, 0xfe0f, "variation selector"],
  [0xfeff, 0xfeff, "byte order mark"],
  [0xe0000, 0xe007f, "tag character"],
  [0xe0100, 0xe01ef, "variation selector"],
  [0xf0000, 0x10ffff, "private use"],
];
