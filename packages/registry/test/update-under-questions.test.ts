import { mkdtempSync, readdirSync, readlinkSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, expect, it } from "vitest";
import { directorySource, openCache, openCatalog, UrlSource, type Catalog } from "../src/index.ts";
import { fixtureArtifact, writeTree, type FixtureEntry } from "./fixture-artifact.ts";
import { startHost } from "./http-host.ts";
import { newKey, published } from "./published-artifact.ts";

const closers: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close();
});

const ROUNDS = 8;
const ASKERS = 30;
const pause = (): Promise<void> => new Promise((resume) => setTimeout(resume, 1));
const key = newKey();

/** Every generation has other entries before and after, so that positions of one mean nothing in another. */
function generation(number: number): Map<string, Uint8Array> {
  const entry = (id: string): FixtureEntry => ({
    id,
    texts: [{ files: { "DOC.md": `# ${id}\n\nround${number} word\n` } }],
  });
  const others = Array.from({ length: number + 1 }, (_, index) => `a/before-${index}`);
  return fixtureArtifact([...others, "m/stays", "z/last"].map(entry));
}

it.each([
  ["a plain host", false],
  ["a host with a signed channel", true],
])("questions during updates of %s are answered from one generation each", async (_, signed) => {
  const filesOf = (round: number): Map<string, Uint8Array> =>
    signed ? published(generation(round), [key], { sequence: round + 1 }) : generation(round);
  const host = await startHost(filesOf(0));
  const folder = mkdtempSync(join(tmpdir(), "chub-update-"));
  closers.push(host.close, async () => rmSync(folder, { recursive: true, force: true }));
  const source = new UrlSource({
    name: "far",
    url: host.url,
    headers: {},
    cache: openCache(folder),
    now: () => Date.parse("2027-01-02T00:00:00Z"),
    refreshIntervalSeconds: 3_600,
    offline: false,
    ...(signed
      ? {
          pointer: {
            place: { channel: "stable" },
            keys: [key.pinned],
            memory: openCache(join(folder, "memory")),
          },
        }
      : {}),
  });
  const local = directorySource({
    name: "near",
    kind: "path",
    directory: writeTree(
      fixtureArtifact([{ id: "n/near", texts: [{ files: { "DOC.md": "# Near\n" } }] }]),
    ),
  });
  closers.push(async () => rmSync(local.location, { recursive: true }));
  const catalog = await openCatalog({
    sources: [
      { source, tier: "official" },
      { source: local, tier: "official" },
    ],
  });
  let done = false;
  const answered = Array.from({ length: ASKERS }, () => 0);
  const asking = Promise.allSettled(
    answered.map(async (__, index) => {
      try {
        while (!done) {
          await ask(catalog, index);
          answered[index] = (answered[index] ?? 0) + 1;
          await pause();
        }
      } finally {
        done = true; // one that fails ends all
      }
    }),
  );
  const failed = asking.then((all) => all.filter(({ status }) => status === "rejected"));
  for (let round = 1; round <= ROUNDS && !done; round += 1) {
    if (!signed) host.files.clear();
    for (const [path, bytes] of filesOf(round)) host.files.set(path, bytes);
    const [update] = await catalog.update({ force: true, full: false });
    // On a plain host a question whose file is gone may have noticed the change before.
    expect(signed ? ["updated"] : ["updated", "unchanged"]).toContain(update?.outcome);
    expect((await catalog.list({})).total).toBe(round + 4);
    // A plain host keeps no old files: each generation has to last for a question that began before it.
    const before = [...answered];
    while (!done && answered.some((count, index) => count < (before[index] ?? 0) + 2))
      await pause();
    if (round === ROUNDS) done = true;
  }
  expect(await failed).toEqual([]);
  await catalog.close();
  expect(openFilesIn(local.location)).toEqual([]);
});

/** Each answer must be whole and of its own entry; which generation it is of is open. */
async function ask(catalog: Catalog, index: number): Promise<void> {
  if (index % 3 === 0) {
    const answer = await catalog.get({ address: "m/stays", maxTokens: 1_000 });
    if (answer.outcome !== "found") throw new Error(`Unexpected ${answer.outcome}`);
    expect(answer.parts[0]?.content).toMatch(/^# m\/stays\n\nround\d+ word\n$/);
  } else if (index % 3 === 1) {
    const { hits } = await catalog.search({ query: "stays", limit: 3 });
    expect(hits[0]?.record.id).toBe("m/stays");
    expect(hits[0]?.sections.map(({ address }) => address)).toEqual(["m/stays#m-stays"]);
  } else {
    expect(await catalog.get({ address: "n/near" })).toMatchObject({
      outcome: "found",
      parts: [{ content: "# Near\n" }],
    });
  }
}

/** Files below a folder that this process has open; none where the system does not tell. */
function openFilesIn(folder: string): readonly string[] {
  if (process.platform !== "linux") return [];
  return readdirSync("/proc/self/fd").flatMap((descriptor) => {
    try {
      const path = readlinkSync(`/proc/self/fd/${descriptor}`);
      return path.startsWith(folder) ? [path] : [];
    } catch {
      return []; // the descriptor of the listing itself
    }
  });
}
