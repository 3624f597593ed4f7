/** How a report is written; see the renderers. */
export const FORMATS = ["pretty", "compact", "json", "jsonl", "github", "sarif"] as const;
export type Format = (typeof FORMATS)[number];

/**
 * The format for whoever reads: `github` in GitHub Actions, `compact` when a coding agent runs the program,
 * `pretty` otherwise.
 */
export function formatFor(env: Readonly<Record<string, string | undefined>>): Format {
  if (env["GITHUB_ACTIONS"] === "true") return "github";
  return AGENT_VARIABLES.some((name) => (env[name] ?? "") !== "") ? "compact" : "pretty";
}

/** Set by the agents themselves in the shells they run. Source: each agent's documentation, and oxlint's `agent` format. */
const AGENT_VARIABLES = [
  "AI_AGENT",
  "CLAUDECODE",
  "CODEX_SANDBOX",
  "CODEX_THREAD_ID",
  "COPILOT_CLI",
  "CURSOR_AGENT",
  "GEMINI_CLI",
  "OPENCODE",
] as const;
