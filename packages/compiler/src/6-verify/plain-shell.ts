/**
 * Whether shell code is so plain that it cannot be wrong: lines of words, quoted words without expansions, and comments.
 *
 * Nearly all commands in documents are, and a parser takes a hundred times longer to say so.
 */
export function isPlainShell(code: string): boolean {
  // A command that goes on after the end is not complete.
  if (code.trimEnd().endsWith("\\")) return false;
  return code.split("\n").every((line) => PLAIN.test(line) && !RESERVED.test(line));
}

/** Each alternative starts with another character, so that no line can be read in two ways. */
const PLAIN = /^[ \t]*(?:#.*|(?:[\w@./:=+~^%, \t-]|"[^"`$\\]*"|'[^']*'|\$\w)*\\?)$/;
/** Words that start or end a structure. */
const RESERVED =
  /(?:^|[ \t])(?:if|then|else|elif|fi|for|while|until|do|done|case|esac|select|function|coproc|in|time)(?:[ \t]|$)/;
