import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { buildContent } from "@chub/compiler";
import { runNode } from "./built-chub.ts";

/** The published Context Hub client: the program whose users we serve. */
export const REFERENCE = join(
  dirname(createRequire(import.meta.url).resolve("@aisuite/chub/package.json")),
  "bin",
  "chub",
);

export interface Scene {
  /** Working directory of the test, and its home. */
  readonly root: string;
  /** Artifact that our compiler made. */
  readonly ours: string;
  /** Artifact that Context Hub made of the same content. */
  readonly theirs: string;
  /** A CHUB_DIR whose only source is the folder. */
  home(name: string, artifact: string): string;
  write(path: string, text: string): string;
  remove(): void;
}

/** A small content tree with every shape, compiled by both programs. */
export async function buildScene(): Promise<Scene> {
  const root = realpathSync(mkdtempSync(join(tmpdir(), "chub-e2e-")));
  const write = (path: string, text: string): string => {
    const full = join(root, path);
    mkdirSync(dirname(full), { recursive: true });
    writeFileSync(full, text);
    return full;
  };
  for (const [path, text] of Object.entries(CONTENT)) write(join("content", path), text);
  const ours = join(root, "ours");
  const { diagnostics, outputPath } = await buildContent({
    contentRoot: join(root, "content"),
    outputPath: ours,
  });
  if (outputPath === null)
    throw new Error(`the scene does not compile: ${JSON.stringify(diagnostics, null, 2)}`);
  const theirs = join(root, "theirs");
  const built = runNode(REFERENCE, ["build", join(root, "content"), "-o", theirs], {
    cwd: root,
    env: QUIET,
  });
  if (built.status !== 0) throw new Error(`Context Hub does not build the scene: ${built.stderr}`);
  return {
    root,
    ours,
    theirs,
    write,
    home: (name, artifact) => dirname(write(join(name, "config.yaml"), sourceConfig(artifact))),
    remove: () => rmSync(root, { recursive: true, force: true }),
  };
}

/** No request of the reference leaves the machine. */
export const QUIET = { CHUB_TELEMETRY: "0", CHUB_FEEDBACK: "0", CHUB_HELP_URL: "false" };

function sourceConfig(artifact: string): string {
  return `sources:\n  - name: scene\n    path: ${JSON.stringify(artifact)}\n`;
}

function doc(facts: { name: string; language: string; version: string; title: string }): string {
  return [
    "---",
    `name: ${facts.name}`,
    `description: ${facts.title}, and how to call it.`,
    "metadata:",
    `  languages: ${facts.language}`,
    `  versions: ${facts.version}`,
    "  revision: 1",
    "  updated-on: 2026-03-01",
    "  source: community",
    "  tags: widgets,http",
    "---",
    `# ${facts.title}`,
    "",
    "Read this first: naïve clients fail, 支付 works.",
    "",
    "## Create a widget",
    "",
    "Call `createWidget` with a size.",
    "",
    "## Verify a webhook",
    "",
    "Pass the raw body to `verifyWebhook`.",
    "",
    "### Rotate the secret",
    "",
    "Replace it once a year.",
    "",
  ].join("\n");
}

const CONTENT: Readonly<Record<string, string>> = {
  "acme/docs/widgets/DOC.md": doc({
    name: "widgets",
    language: "javascript",
    version: "2.0.0",
    title: "Acme widgets",
  }),
  "acme/docs/widgets/references/errors.md": "# Errors\n\n## Too large\n\nShrink the widget.\n",
  "acme/docs/cloud/javascript/DOC.md": doc({
    name: "cloud",
    language: "javascript",
    version: "1.0.0",
    title: "Acme cloud for JavaScript",
  }),
  "acme/docs/cloud/python/DOC.md": doc({
    name: "cloud",
    language: "python",
    version: "1.0.0",
    title: "Acme cloud for Python",
  }),
  "zeta/docs/queue/v1/DOC.md": doc({
    name: "queue",
    language: "python",
    version: "1.4.0",
    title: "Zeta queue one",
  }),
  "zeta/docs/queue/v2/DOC.md": doc({
    name: "queue",
    language: "python",
    version: "2.1.0",
    title: "Zeta queue two",
  }),
  "zeta/skills/deploy/SKILL.md": [
    "---",
    "name: deploy",
    "description: Deploy a queue to production with care. Use when a queue goes live.",
    "metadata:",
    "  revision: 1",
    "  updated-on: 2026-03-02",
    "  source: community",
    "  tags: deploy",
    "---",
    "# Deploy a queue",
    "",
    "Stop the workers first.",
    "",
  ].join("\n"),
};
