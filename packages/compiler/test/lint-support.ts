import { createHash } from "node:crypto";
import type { SourceFile } from "../src/1-discover/source-file.ts";

/** A file as discovery would give it. */
export function sourceFile(path: string, content: string | Uint8Array): SourceFile {
  const bytes = typeof content === "string" ? Buffer.from(content) : content;
  return { path, bytes, sha256: createHash("sha256").update(bytes).digest("hex") };
}

/** A document without a finding. */
export const SOUND_DOC = `---
name: widget
description: "Create and list widgets with the Acme API."
metadata:
  languages: "javascript"
  versions: "1.4.0"
  revision: "1"
  updated-on: "2026-01-15"
  source: community
---

# Widgets

Create and list widgets.

## Create

\`\`\`js
await widgets.create({ name: "a" });
\`\`\`

| field | type |
|---|---|
| name | text |

- [ ] *One* item with **emphasis** and \`code\`
- [x] A [link](https://acme.com/docs) and a footnote[^1]

[^1]: The note.
`;
