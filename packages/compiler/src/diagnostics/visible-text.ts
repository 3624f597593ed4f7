/**
 * Text that is safe to print: what a terminal would obey or hide becomes `\u{…}`.
 *
 * Control characters except tab and line feed, bidirectional and zero-width characters, tag characters, variation
 * selectors, private use, noncharacters and lone surrogates.
 */
export function visibleText(text: string): string {
  return text.replace(
    HIDDEN,
    (character) => `\\u{${(character.codePointAt(0) ?? 0).toString(16).toUpperCase()}}`,
  );
}

/** Columns that a text takes on a terminal; tabs count as one, see `expandTabs`. */
export function displayWidth(text: string): number {
  if (ASCII.test(text)) return text.length;
  let width = 0;
  for (const character of text)
    width += ZERO_WIDTH.test(character) ? 0 : WIDE.test(character) ? 2 : 1;
  return width;
}

const ASCII = /^[\x20-\x7E]*$/;
const ZERO_WIDTH = /^[\p{Mn}\p{Me}]$/u;
const WIDE =
  /^[\u1100-\u115F\u2E80-\u303E\u3041-\uA4CF\uAC00-\uD7A3\uF900-\uFAFF\uFE30-\uFE6F\uFF00-\uFF60\uFFE0-\uFFE6\u{1F300}-\u{1FAFF}\u{20000}-\u{3FFFD}]$/u;
/* oxlint-disable no-control-regex, no-misleading-character-class -- such characters are what it looks for */
const HIDDEN =
  /[\u0000-\u0008\u000B-\u001F\u007F-\u009F\u00AD\u061C\u115F\u1160\u180E\u200B-\u200F\u2028-\u202E\u2060-\u206F\u3164\uE000-\uF8FF\uFE00-\uFE0F\uFEFF\uFFA0\uFFF9-\uFFFF\u{E0000}-\u{E0FFF}\u{F0000}-\u{10FFFF}]|\p{Cs}/gu;
