import { COMMANDS } from "./commands.ts";

/** Text of `chubc --help`. */
export function mainHelp(): string {
  const names = Object.keys(COMMANDS);
  const width = Math.max(...names.map((name) => name.length));
  const list = Object.entries(COMMANDS).map(
    ([name, { summary }]) => `  ${name.padEnd(width)}  ${summary}`,
  );
  return `chubc: compiles DOC.md and SKILL.md

Usage: chubc <command> [options]

Commands:
${list.join("\n")}

Options:
  -h, --help     Show help; after a command, that command's
  -V, --version  Show the version

Examples:
  chubc lint content              Check everything below content/
  chubc lint content --fix        and repair what is safe to repair
  chubc explain CHUB1014          Say what a code means

Exit codes: 0 clean, 1 findings, 2 wrong usage or configuration, 6 a file could not be read or written, 70 a bug
`;
}
