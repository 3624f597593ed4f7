import type { CommandIo } from "./command.ts";

/** Whether to colour standard output. Source: https://no-color.org and https://force-color.org */
export function hasColor(
  { env, outIsTerminal }: Pick<CommandIo, "env" | "outIsTerminal">,
  { noColor }: { readonly noColor: boolean },
): boolean {
  if (noColor || (env["NO_COLOR"] ?? "") !== "") return false;
  if ((env["FORCE_COLOR"] ?? "") !== "") return env["FORCE_COLOR"] !== "0";
  return outIsTerminal && env["TERM"] !== "dumb";
}
