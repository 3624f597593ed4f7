// A real process that does one thing to a chub folder and fails or dies at the n-th write of the file system.
// Arguments: action, folder, url, fault (kill or an errno), n. Prints the number of writes it made or tried.
import { createRequire, syncBuiltinESMExports } from "node:module";
import { join } from "node:path";
import {
  openAnnotations,
  openCache,
  openCatalog,
  UrlSource,
} from "../../packages/registry/src/index.ts";

const [action = "", folder = "", url = "", fault = "", position = "0"] = process.argv.slice(2);
let writes = 0;

const fs = createRequire(import.meta.url)("node:fs") as Record<
  string,
  (...args: never[]) => unknown
>;
const openSync = fs["openSync"];
for (const name of [
  "writeSync",
  "writeFileSync",
  "renameSync",
  "mkdirSync",
  "rmSync",
  "fsyncSync",
  "openSync",
]) {
  const original = fs[name];
  if (original === undefined) throw new Error(`node:fs has no ${name}`);
  fs[name] = (...args: never[]) => {
    const opensToRead = original === openSync && !String(args[1]).includes("w");
    if (!opensToRead && ++writes === Number(position)) {
      if (fault === "kill") process.kill(process.pid, "SIGKILL");
      throw Object.assign(new Error(`${fault}: injected`), { code: fault });
    }
    return original(...args);
  };
}
syncBuiltinESMExports();

await run().then(
  () => process.stdout.write(`${writes} ok`),
  (error: { code?: string }) => process.stdout.write(`${writes} ${error.code ?? String(error)}`),
);

async function run(): Promise<void> {
  if (action === "annotate") {
    openAnnotations({ personal: join(folder, "annotations") }).add({
      scope: "personal",
      kind: "note",
      text: "second",
      target: { id: "a/b" },
      createdAt: "2027-01-02T00:00:00.000Z",
    });
    return;
  }
  const cache = openCache(join(folder, "cache"));
  const source = new UrlSource({
    name: "hub",
    url,
    headers: {},
    cache,
    now: () => Date.parse("2027-01-02T00:00:00Z"),
    refreshIntervalSeconds: 3_600,
    offline: false,
  });
  const catalog = await openCatalog({ sources: [{ source, tier: "official" }], cache });
  if (action === "update") {
    const [update] = await catalog.update({ force: true, full: true });
    if (update?.outcome === "failed") throw update.problem;
  } else if (action === "clear") cache.clear();
  else {
    const answer = await catalog.get({ address: "a/b" });
    const text = answer.outcome === "found" ? answer.parts[0]?.content : answer.outcome;
    if (text !== "# New\n") throw new Error(`got ${text}`);
  }
  await catalog.close();
}
