import { expect, it } from "vitest";
import * as registry from "../src/index.ts";

// A pin: when it is red, decide whether the change of the API is meant, then write a changeset.
it("exports exactly these names", () => {
  expect(Object.keys(registry).sort()).toEqual([
    "ANNOTATION_KINDS",
    "ARTIFACT_FILES",
    "ARTIFACT_FORMAT",
    "ChubError",
    "LOCK_FILE",
    "NpmSource",
    "POSTGRES_SCHEMA",
    "TIERS",
    "TOKEN_ENCODING",
    "UrlSource",
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
    "encodePointer",
    "exitCodeOf",
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
    "objectPath",
    "openAnnotations",
    "openCache",
    "openCatalog",
    "openCatalogFile",
    "openFeedback",
    "packageKey",
    "parseAddress",
    "parsePackageUrl",
    "pointerKeyBytes",
    "pointerKeyId",
    "pointerPath",
    "pointerPayloadBytes",
    "pointerValidator",
    "projectVersions",
    "putDocument",
    "readLock",
    "registryValidator",
    "scanProject",
    "searchIndexValidator",
    "shortLanguage",
    "verifyPointer",
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
