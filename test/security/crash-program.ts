// A real process that does one thing to a chub folder and fails or dies at the n-th write of the file system.
// Arguments: action, url, fault, then n=folder for each time it does it. Prints a line each time: the number of writes
// it made or tried, and how it ended. Faults: an errno, thrown once; `kill`, the process kills itself; `death`, this
// write and all after it do nothing but throw, which leaves the folder as a kill does, in a process that goes on to the
// next turn; `torn`, the same with half of the bytes written.
import { createRequire, syncBuiltinESMExports } from "node:module";
import { join } from "node:path";
import {
  openAnnotations,
  openCache,
  openCatalog,
  UrlSource,
} from "../../packages/registry/src/index.ts";

const [action = "", url = "", fault = "", ...turns] = process.argv.slice(2);
let writes = 0;
let position = 0;

type Call = (...args: unknown[]) => unknown;
const fs = createRequire(import.meta.url)("node:fs") as Record<string, Call>;
const WRITING =
  "write writev writeFile appendFile truncate ftruncate fsync fdatasync open mkdir mkdtemp rename rm rmdir unlink link symlink cp copyFile chmod fchmod utimes futimes".split(
    " ",
  );
for (const name of WRITING) {
  const original = fs[`${name}Sync`];
  if (original === undefined) throw new Error(`node:fs has no ${name}Sync`);
  fs[`${name}Sync`] = (...args) => {
    const opensToRead = name === "open" && !/[wa+]/.test(String(args[1]));
    if (opensToRead) return original(...args);
    writes += 1;
    const lasts = fault === "death" || fault === "torn";
    if (writes === position || (lasts && position > 0 && writes > position)) {
      if (fault === "kill") process.kill(process.pid, "SIGKILL");
      if (fault === "torn" && writes === position && name === "write") half(original, args);
      throw Object.assign(new Error(`${fault}: injected`), { code: fault });
    }
    // What a process leaves behind does not depend on when it reaches the disk, and a thousand times is long.
    return name === "fsync" ? undefined : original(...args);
  };
}
syncBuiltinESMExports();

/** Writes the first half of what was to be written, as a machine that loses power. */
function half(write: Call, [descriptor, bytes, from]: readonly unknown[]): void {
  const { length } = bytes as Uint8Array;
  const start = Number(from ?? 0);
  write(descriptor, bytes, start, Math.floor((length - start) / 2));
}

for (const turn of turns) {
  const [at = "0", folder = ""] = turn.split("=");
  writes = 0;
  position = Number(at);
  const end = await run(folder).then(
    () => "ok",
    (error: { code?: string }) => error.code ?? "unknown",
  );
  process.stdout.write(`${writes} ${end}\n`);
}

async function run(folder: string): Promise<void> {
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
