import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { buildContent } from "@chub/compiler";

/** A folder with content, its artifact, and a configuration that reads it. */
export interface Scene {
  readonly root: string;
  /** The content folder. */
  readonly content: string;
  /** The compiled artifact. */
  readonly artifact: string;
  /** CHUB_DIR whose only source is the artifact. */
  readonly home: string;
  write(path: string, text: string): string;
  /** A CHUB_DIR with this configuration. */
  homeWith(name: string, config: string): string;
  /** Compiles the content as it is. */
  build(): Promise<void>;
  remove(): void;
}

/** Every shape of content: two languages, two versions, a reference file, a skill, a document above the bound, other scripts. */
export async function buildScene(): Promise<Scene> {
  const root = realpathSync(mkdtempSync(join(tmpdir(), "chub-mcp-test-")));
  const write = (path: string, text: string): string => {
    const full = join(root, path);
    mkdirSync(dirname(full), { recursive: true });
    writeFileSync(full, text);
    return full;
  };
  const homeWith = (name: string, config: string): string =>
    dirname(write(join(name, "config.yaml"), config));
  const artifact = join(root, "artifact");
  const content = join(root, "content");
  for (const [path, text] of Object.entries(CONTENT)) write(join("content", path), text);
  const build = async (): Promise<void> => {
    const { diagnostics, outputPath } = await buildContent({
      contentRoot: content,
      outputPath: artifact,
    });
    if (outputPath === null)
      throw new Error(`the scene does not compile: ${JSON.stringify(diagnostics, null, 2)}`);
  };
  await build();
  const home = homeWith(
    "home",
    `sources:\n  - name: scene\n    path: ${JSON.stringify(artifact)}\n`,
  );
  return {
    root,
    content,
    artifact,
    home,
    write,
    homeWith,
    build,
    remove: () => rmSync(root, { recursive: true, force: true }),
  };
}

/** A document as an author writes it. */
export function doc(facts: {
  name: string;
  language: string;
  version: string;
  title: string;
  about?: string;
  more?: string;
}): string {
  return [
    "---",
    `name: ${facts.name}`,
    `description: ${facts.about ?? facts.title}, and how to call it.`,
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
    "```js",
    "createWidget({ size: 3 });",
    "```",
    "",
    "## Verify a webhook",
    "",
    "Pass the raw body to `verifyWebhook`.",
    "",
    "### Rotate the secret",
    "",
    "Replace it once a year.",
    "",
    facts.more ?? "",
  ].join("\n");
}

/** About 16,000 tokens in 30 sections: less than a file may have, and two of them more than one result. */
function longText(firstChapter: number): string {
  const chapters = Array.from({ length: 30 }, (_, index) => firstChapter + index);
  return chapters
    .map((chapter) => {
      const words = `Words of chapter ${chapter} that say little. `.repeat(60).trim();
      return `## Chapter ${chapter}\n\n${words}\n`;
    })
    .join("\n");
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
    about: "Acme cloud",
  }),
  "acme/docs/cloud/python/DOC.md": doc({
    name: "cloud",
    language: "python",
    version: "1.0.0",
    title: "Acme cloud for Python",
    about: "Acme cloud",
  }),
  "acme/docs/manual/DOC.md": doc({
    name: "manual",
    language: "javascript",
    version: "1.0.0",
    title: "Acme manual",
    more: longText(0),
  }),
  "acme/docs/manual/references/more.md": `# More chapters\n\n${longText(30)}`,
  "zeta/docs/queue/v1/DOC.md": doc({
    name: "queue",
    language: "python",
    version: "1.4.0",
    title: "Zeta queue one",
    about: "Zeta queue",
  }),
  "zeta/docs/queue/v2/DOC.md": doc({
    name: "queue",
    language: "python",
    version: "2.1.0",
    title: "Zeta queue two",
    about: "Zeta queue",
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
