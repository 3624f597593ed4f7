import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import type ts from "typescript";
import { checkDocuments } from "../6-verify/types/check-documents.ts";
import type { PackageEnvironment } from "../6-verify/types/environment.ts";
import type { PackageFiles } from "../6-verify/types/virtual-files.ts";
import type { TypeScript } from "../6-verify/types/typescript-api.ts";
import type { CheckJob, CheckerSetup } from "./check-job.ts";
import { openPackageStore, type PackageStore } from "./package-store.ts";

/** A process that checks types. It reads declarations from the store, and nothing of a package is run. */
const setup = JSON.parse(process.argv[2] ?? "{}") as CheckerSetup;
const api = createRequire(import.meta.url)(
  join(setup.typescript, "lib/typescript.js"),
) as TypeScript;
const store = openPackageStore(setup.store, noRegistry());
/** Parsed files of the language and of Node serve every job. */
const lasting = new Map<string, ts.SourceFile>();
const libFile = libraryFiles(join(setup.typescript, "lib"));

process.on("message", (job: CheckJob) => {
  const parsed = new Map(lasting);
  const answer = checkDocuments(job.documents, {
    api,
    environment: job.environment,
    packageFiles: filesOf(job.environment, store),
    libFile,
    parsed,
  });
  for (const [path, file] of parsed) if (LASTING.test(path)) lasting.set(path, file);
  process.send!(answer);
});
process.on("disconnect", () => process.exit(0));

function filesOf({ packages }: PackageEnvironment, from: PackageStore): PackageFiles {
  const read = new Map<string, ReadonlyMap<string, string>>();
  return (id) => {
    const known = read.get(id);
    if (known !== undefined) return known;
    const { name, version, integrity } = packages[id]!;
    const stored = from.read(name, version, integrity);
    if (stored === null) throw new Error(`${id} is not in the store`);
    // Code is not there, but it is known to exist: an import of it is `any` and no fault.
    const files = new Map([
      ...stored.code.map((path) => [path, ""] as const),
      ...Object.entries(stored.files),
    ]);
    read.set(id, files);
    return files;
  };
}

function libraryFiles(folder: string): (name: string) => string | null {
  const read = new Map<string, string | null>();
  return (name) => {
    if (!/^lib\.[\w.]+\.d\.ts$|^lib\.d\.ts$/.test(name)) return null;
    const known = read.get(name);
    if (known !== undefined) return known;
    let text: string | null;
    try {
      text = readFileSync(join(folder, name), "utf8");
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== "ENOENT") throw error;
      text = null;
    }
    read.set(name, text);
    return text;
  };
}

function noRegistry() {
  const refuse = (): never => {
    throw new Error("The checker does not use the network");
  };
  return { manifest: refuse, versions: refuse, tarball: refuse };
}

const LASTING = /^\/lib\/|^\/n\/(?:@types\+node|undici-types)@/;
