import { expect, it } from "vitest";
import * as registry from "../src/index.ts";

// A pin: when it is red, decide whether the change of the API is meant, then write a changeset.
it("exports exactly these names", () => {
  expect(Object.keys(registry).sort()).toEqual([
    "ANNOTATION_KINDS",
    "ARTIFACT_FILES",
    "ARTIFACT_FORMAT",
    "ChubError",
    "FEEDBACK_LABELS",
    "LOCK_FILE",
    "NpmSource",
    "POSTGRES_SCHEMA",
    "TIERS",
    "TOKEN_ENCODING",
    "UrlSource",
    "addSource",
    "annotationTarget",
    "annotationsOf",
    "artifactPathProblem",
    "astPathOf",
    "astValidator",
    "buildSearchFiles",
    "buildSearchIndex",
    "byCodeUnit",
    "cacheFolder",
    "canonicalLanguage",
    "checkLock",
    "chubDirectory",
    "compareVersions",
    "createPostgresBackend",
    "decodeLock",
    "deleteDocument",
    "directorySource",
    "encodeCatalog",
    "encodeLock",
    "exitCodeOf",
    "fetchHelp",
    "formatAddress",
    "frozenCatalog",
    "highestVersion",
    "installedContent",
    "isChubError",
    "languageNames",
    "loadConfiguration",
    "lockText",
    "manifestValidator",
    "memoryFile",
    "openAnnotations",
    "openCache",
    "openCatalog",
    "openCatalogFile",
    "openFeedback",
    "packageKey",
    "parseAddress",
    "parsePackageUrl",
    "projectVersions",
    "putDocument",
    "readLock",
    "registryValidator",
    "removeSource",
    "scanProject",
    "searchIndexValidator",
    "shortLanguage",
    "withText",
    "writeLock",
  ]);
});

it("two catalogs in one process do not know each other", async () => {
  const empty = { sources: [] };
  const [first, second] = [await registry.openCatalog(empty), await registry.openCatalog(empty)];
  await first.close();
  expect(second.sources()).toEqual([]);
  expect(await second.list({})).toEqual({ total: 0, offset: 0, entries: [] });
});
