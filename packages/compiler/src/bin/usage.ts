import { ChubError } from "@chub/registry";

/** What `parseArgs` throws for wrong arguments, as a usage failure. */
export function usageErrors<T>(parse: () => T): T {
  try {
    return parse();
  } catch (cause) {
    const code = cause instanceof Error && "code" in cause ? String(cause.code) : "";
    if (!(cause instanceof Error) || !code.startsWith("ERR_PARSE_ARGS")) throw cause;
    throw new ChubError("USAGE", cause.message.split(". To specify")[0] ?? cause.message, {
      hint: "Add --help to see the options.",
      cause,
    });
  }
}
