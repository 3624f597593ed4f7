import { ChubError } from "../chub-error.ts";
import { httpFetch } from "../sources/http-fetch.ts";
import type { HelpSettings } from "./configuration.ts";
import { sourceUrlProblem } from "./source-settings.ts";

/**
 * Text of the help that the user configured, never more than 64 KiB and never after the time limit.
 *
 * The text is somebody else's: it is shown as such. Errors: ChubError CONFIG, NO_DATA, INTEGRITY.
 */
export async function fetchHelp(
  { url, timeoutMs }: HelpSettings,
  version: string,
): Promise<string> {
  const problem = sourceUrlProblem(url.replaceAll("{version}", version));
  if (problem !== null)
    throw new ChubError("CONFIG", `help_url: ${problem}`, {
      hint: "Correct help_url or CHUB_HELP_URL.",
    });
  const answer = await httpFetch(
    { url: addressed(url, version), headers: {}, maxBytes: MAX_BYTES },
    { totalMs: timeoutMs, idleMs: timeoutMs, retryPausesMs: [] },
  );
  if (answer.kind === "body") return textOf(answer.bytes);
  throw new ChubError(
    "NO_DATA",
    answer.kind === "too-large"
      ? `The help at help_url has more than ${MAX_BYTES} bytes`
      : "There is no help at help_url",
    { hint: "Correct help_url or CHUB_HELP_URL." },
  );
}

function addressed(template: string, version: string): string {
  if (template.includes("{version}")) return template.replaceAll("{version}", version);
  const url = new URL(template);
  url.searchParams.set("cli_version", version);
  return url.href;
}

/** The text itself, or the `content` of JSON, as Context Hub's help service answers. */
function textOf(bytes: Uint8Array): string {
  const text = new TextDecoder().decode(bytes);
  try {
    const json: unknown = JSON.parse(text);
    const content =
      typeof json === "object" && json !== null ? (json as { content?: unknown }).content : json;
    return typeof content === "string" ? content : text;
  } catch {
    return text;
  }
}

const MAX_BYTES = 64 * 1024;
