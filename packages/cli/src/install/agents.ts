/** A coding agent and where it looks. Paths are POSIX, relative to the project, or to the home folder after `~/`. */
export interface AgentSpec {
  readonly name: string;
  readonly title: string;
  /** Pages that document the paths. */
  readonly documentation: readonly string[];
  /** Folder of skills. */
  readonly skills: string;
  readonly rule: RuleSpec;
  readonly mcp: McpSpec;
}

/** block: a managed part of a file that belongs to the user. file: a file of our own. */
export type RuleSpec =
  | { readonly form: "block"; readonly path: string }
  | { readonly form: "file"; readonly path: string; readonly frontMatter: string };

/** json: an entry below `keys` of a JSON file. toml: a managed part of a TOML file. */
export type McpSpec =
  | {
      readonly form: "json";
      readonly path: string;
      readonly keys: readonly string[];
      readonly entry: unknown;
    }
  | { readonly form: "toml"; readonly path: string; readonly text: string };

/** Every agent that `chub install` knows, by name. */
export const AGENTS: readonly AgentSpec[] = [
  {
    name: "claude-code",
    title: "Claude Code",
    documentation: [
      "https://code.claude.com/docs/en/skills",
      "https://code.claude.com/docs/en/mcp",
    ],
    skills: ".claude/skills",
    rule: { form: "block", path: "CLAUDE.md" },
    mcp: jsonEntry(".mcp.json", "mcpServers"),
  },
  {
    name: "cline",
    title: "Cline",
    documentation: [
      "https://docs.cline.bot/customization/skills",
      "https://docs.cline.bot/mcp/mcp-overview",
    ],
    skills: ".cline/skills",
    rule: { form: "file", path: ".clinerules/chub.md", frontMatter: "" },
    mcp: jsonEntry("~/.cline/data/settings/cline_mcp_settings.json", "mcpServers"),
  },
  {
    name: "codex",
    title: "Codex",
    documentation: [
      "https://developers.openai.com/codex/skills",
      "https://developers.openai.com/codex/mcp",
    ],
    skills: ".agents/skills",
    rule: { form: "block", path: "AGENTS.md" },
    mcp: {
      form: "toml",
      path: ".codex/config.toml",
      text: '[mcp_servers.chub]\ncommand = "npx"\nargs = ["-y", "@chub/mcp"]\n',
    },
  },
  {
    name: "copilot",
    title: "GitHub Copilot in VS Code",
    documentation: [
      "https://code.visualstudio.com/docs/agents/reference/mcp-configuration",
      "https://code.visualstudio.com/docs/copilot/customization/agent-skills",
    ],
    skills: ".github/skills",
    rule: { form: "block", path: ".github/copilot-instructions.md" },
    mcp: jsonEntry(".vscode/mcp.json", "servers", { type: "stdio", ...server() }),
  },
  {
    name: "cursor",
    title: "Cursor",
    documentation: [
      "https://cursor.com/docs/context/skills",
      "https://cursor.com/docs/context/mcp",
    ],
    skills: ".cursor/skills",
    rule: {
      form: "file",
      path: ".cursor/rules/chub.mdc",
      frontMatter: "---\ndescription: Read API documentation with chub\nalwaysApply: true\n---\n",
    },
    mcp: jsonEntry(".cursor/mcp.json", "mcpServers"),
  },
  {
    name: "gemini-cli",
    title: "Gemini CLI",
    documentation: [
      "https://geminicli.com/docs/cli/skills/",
      "https://geminicli.com/docs/tools/mcp-server/",
    ],
    skills: ".gemini/skills",
    rule: { form: "block", path: "GEMINI.md" },
    mcp: jsonEntry(".gemini/settings.json", "mcpServers"),
  },
  {
    name: "opencode",
    title: "OpenCode",
    documentation: ["https://opencode.ai/docs/skills", "https://opencode.ai/docs/mcp-servers/"],
    skills: ".opencode/skills",
    rule: { form: "block", path: "AGENTS.md" },
    mcp: jsonEntry("opencode.json", "mcp", {
      type: "local",
      command: ["npx", "-y", "@chub/mcp"],
      enabled: true,
    }),
  },
  {
    name: "windsurf",
    title: "Windsurf",
    documentation: [
      "https://docs.windsurf.com/windsurf/cascade/skills",
      "https://docs.windsurf.com/windsurf/cascade/mcp",
    ],
    skills: ".windsurf/skills",
    rule: {
      form: "file",
      path: ".windsurf/rules/chub.md",
      frontMatter: "---\ntrigger: always_on\n---\n",
    },
    mcp: jsonEntry("~/.codeium/windsurf/mcp_config.json", "mcpServers"),
  },
];

function jsonEntry(path: string, key: string, entry: unknown = server()): McpSpec {
  return { form: "json", path, keys: [key, "chub"], entry };
}

function server() {
  return { command: "npx", args: ["-y", "@chub/mcp"] };
}
