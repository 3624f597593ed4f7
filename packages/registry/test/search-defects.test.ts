import { expect, it } from "vitest";
import { openCatalog } from "../src/index.ts";
import { memorySource } from "../src/sources/memory-source.ts";
import { fixtureArtifact, type FixtureEntry } from "./fixture-artifact.ts";

/** Ids that a query finds among these texts, best first. The decoys are what Context Hub put first on its own content. */
async function found(query: string, texts: Readonly<Record<string, string>>): Promise<string[]> {
  const entries = Object.entries(texts).map(([id, text]): FixtureEntry => ({
    id,
    description: text.split("\n")[0] ?? "",
    texts: [{ files: { "DOC.md": text } }],
  }));
  const files = fixtureArtifact(entries);
  const source = memorySource(
    { name: "main", kind: "path", location: "memory" },
    async () => files,
  );
  const catalog = await openCatalog({ sources: [{ source, tier: "official" }] });
  const { hits } = await catalog.search({ query });
  await catalog.close();
  return hits.map(({ record }) => record.id);
}

const WEBHOOKS =
  "Stripe payments\n\n# Stripe\n\n## Verify a webhook signature\n\nPass the raw body to `constructEvent`: a parsed body does not verify.\n\n## Charges\n\nCreate a charge.\n";

it.each([
  ["constructEvent", "stripe/api"],
  ["expirationTtl", "cloudflare/workers-runtime"],
  ["HNSW", "pgvector/package"],
])("C1: %s is found in the body that has it", async (query, id) => {
  const texts = {
    "stripe/api": WEBHOOKS,
    "cloudflare/workers-runtime":
      "Workers\n\n# KV\n\nWrite with `put(key, value, { expirationTtl: 60 })`.\n",
    "pgvector/package": "Vectors in Postgres\n\n# Indexes\n\nCREATE INDEX ON items USING hnsw.\n",
    "acme/widgets": "Widgets\n\n# Widgets\n\nPaint a widget.\n",
  };
  expect(await found(query, texts)).toEqual([id]);
});

it("C2: words of a section come before names that share them", async () => {
  const ids = await found("raw body", {
    "typescript/body-parser": "Types of a parser\n\n# Types\n\nTypes for body-parser.\n",
    "webpack/raw-loader": "Loads files\n\n# Loader\n\nLoads files as strings.\n",
    "stripe/api": WEBHOOKS,
  });
  expect(ids.slice(0, 3)).toContain("stripe/api");
  expect(ids[0]).toBe("stripe/api");
});

it("C3: a question finds the section that answers it", async () => {
  const ids = await found("how do I verify a webhook signature", {
    "decorator/package":
      "Decorators that keep the signature of a function\n\n# Decorator\n\nIt keeps the signature.\n",
    "prefect/slack": "Slack webhooks for flows\n\n# Slack\n\nSend a message to a webhook.\n",
    "apache-airflow/providers-discord":
      "Discord webhook operator\n\n# Discord\n\nSends to a webhook.\n",
    "stripe/api": WEBHOOKS,
  });
  expect(ids[0]).toBe("stripe/api");
});

it("C4: a name written as two words finds the library first", async () => {
  const ids = await found("fast api", {
    "fastapi/package": "FastAPI builds web services\n\n# FastAPI\n\nDeclare a route.\n",
    "fast-xml-parser/package": "Fast parser of XML\n\n# Parser\n\nParse XML.\n",
    "stripe/api": WEBHOOKS,
    "edubase/api": "EduBase API\n\n# API\n\nCreate an exam.\n",
  });
  expect(ids[0]).toBe("fastapi/package");
});
