import { existsSync } from "node:fs";
import { homedir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import {
  annotationsOf,
  cacheFolder,
  frozenCatalog,
  installedContent,
  loadConfiguration,
  openAnnotations,
  openCache,
  openCatalog,
  openFeedback,
  readLock,
  writeLock,
} from "@chub/registry";
import type { Environment } from "@chub/registry";
import type { Reader } from "./ports.ts";

/** The configured sources of this user in this folder. Errors: ChubError CONFIG, LOCAL_IO. */
export async function openReader(variables: Environment["variables"]): Promise<Reader> {
  const environment = readerEnvironment(variables);
  const configuration = await loadConfiguration(environment);
  const project = configuration.projectDirectory ?? environment.workingDirectory;
  const catalog = await openCatalog({ configuration, environment });
  const annotations = openAnnotations({
    personal: join(configuration.home, "annotations"),
    project: join(project, ".chub", "annotations"),
  });
  const notesOn: Reader["notesOn"] = (text) => annotationsOf(annotations, catalog, text);
  const cache = openCache(cacheFolder(configuration));
  const lock: Reader["lock"] = {
    read: () => readLock(environment.workingDirectory),
    write: (next) => writeLock(environment.workingDirectory, next),
    freeze: (...given) => frozenCatalog(...given),
  };
  const feedback = openFeedback(join(configuration.home, "feedback"));
  return { configuration, catalog, cache, lock, annotations, feedback, notesOn };
}

/** This process as the registry sees it. */
function readerEnvironment(variables: Environment["variables"]): Environment {
  return {
    variables,
    workingDirectory: process.cwd(),
    homeDirectory: homedir(),
    compileContent: async (directory) =>
      (await import("./run-compiler.ts")).compileInMemory(directory),
    contentDirectory: () => nearbyContent() ?? installedContent(import.meta.url),
  };
}

/** Where npm puts @chub/content beside this program: looking there takes a tenth of what Node's resolver takes. */
function nearbyContent(): string | null {
  for (let folder = dirname(fileURLToPath(import.meta.url)); ; folder = dirname(folder)) {
    const artifact = join(folder, "node_modules", "@chub", "content", "dist", "artifact");
    if (existsSync(join(artifact, "manifest.json"))) return artifact;
    if (dirname(folder) === folder) return null;
  }
}
