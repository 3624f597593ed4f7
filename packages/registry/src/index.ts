export { ChubError, exitCodeOf, isChubError, type ErrorCode } from "./chub-error.ts";

// The artifact
export { artifactPathProblem } from "./contract/artifact-path.ts";
export { byCodeUnit } from "./contract/code-unit-order.ts";
export {
  ARTIFACT_FILES,
  ARTIFACT_FORMAT,
  astPathOf,
  TIERS,
  TOKEN_ENCODING,
  type Tier,
} from "./contract/contract.ts";
export { canonicalLanguage, languageNames, shortLanguage } from "./contract/languages.ts";
export type { SchemaError, SchemaValidator } from "./contract/schema-validator.ts";
export type {
  AstSource,
  BlockVerification,
  CodeBlock,
  DocumentAst,
  Identifier,
  Link,
  Point,
  Range,
  Range1,
  Section,
} from "./contract/generated/ast.ts";
export type { ReaderConfig, SourceConfig } from "./contract/generated/config.ts";
export type { ManifestFile, ManifestFile1 } from "./contract/generated/manifest.ts";
export type {
  RegistryDoc,
  RegistryFile,
  RegistryLanguage,
  RegistryRedirect,
  RegistrySkill,
  RegistryVersion,
  VerificationSummary,
} from "./contract/generated/registry.ts";
export type { SearchIndexFile } from "./contract/generated/search-index.ts";
export { registryValidator } from "./contract/generated/registry-validator.ts";
export { manifestValidator } from "./contract/generated/manifest-validator.ts";
export { astValidator } from "./contract/generated/ast-validator.ts";
export { searchIndexValidator } from "./contract/generated/search-index-validator.ts";

// The catalog
export type {
  Catalog,
  EntrySummary,
  Filters,
  FoundText,
  GetAnswer,
  GetRequest,
  ListAnswer,
  ListRequest,
  Miss,
  OutlineAnswer,
  OutlineItem,
  OutlineRequest,
  Paging,
  ParsedAddress,
  Resolution,
  ResolvedText,
  ResolveRequest,
  SearchAnswer,
  SearchHit,
  SearchRequest,
  SectionHit,
  SourceStatus,
  TextPart,
  VersionMatch,
} from "./catalog/catalog.ts";
export type { EntryRecord, FileRecord, Variant } from "./catalog/entry-record.ts";
export { encodeCatalog } from "./catalog/encode-catalog.ts";
export {
  openCatalog,
  type CatalogOptions,
  type ConfigurationOptions,
  type OpenedCatalog,
  type SourceUpdate,
  type SourcesOptions,
} from "./catalog/open-catalog.ts";
export type { TrustPolicy } from "./catalog/policy.ts";
export { openCatalogFile, type CatalogFile, type NameHit } from "./catalog/catalog-file.ts";

// Sources
export type {
  RandomAccessFile,
  Source,
  SourceRelease,
  SourceSnapshot,
  UpdatableSource,
  UpdateOutcome,
  UpdateRequest,
} from "./sources/source.ts";
export { NpmSource, type NpmSourceOptions } from "./sources/npm-source.ts";
export { UrlSource } from "./sources/url-source.ts";
export type { UrlSourceOptions } from "./sources/url-generation.ts";
export type { UrlPointer } from "./sources/url-pointer.ts";
export { npmOptions, type NpmOptions } from "./sources/npmrc.ts";
export { cacheFolder } from "./sources/configured-sources.ts";
export { openCache, type CacheStatus, type ObjectCache } from "./cache/object-cache.ts";
export { directorySource, type DirectorySourceOptions } from "./sources/directory-source.ts";
export { memoryFile } from "./sources/memory-file.ts";
export { installedContent } from "./sources/installed-content.ts";
export type { ConfiguredSource } from "./sources/configured-sources.ts";

// Channels: which manifest of a host is meant, signed
export type {
  PointerFile,
  PointerPayload,
  PointerSignature,
} from "./contract/generated/pointer.ts";
export { pointerValidator } from "./contract/generated/pointer-validator.ts";
export {
  encodePointer,
  objectPath,
  pointerKeyBytes,
  pointerKeyId,
  pointerPath,
  pointerPayloadBytes,
  type PointerPlace,
} from "./pointer/pointer.ts";
export type { PointerMemory, SeenPointer } from "./pointer/pointer-memory.ts";
export {
  verifyPointer,
  type PointerExpectation,
  type PointerFault,
  type PointerVerdict,
} from "./pointer/verify-pointer.ts";

// Configuration
export type { Configuration, Environment, SourceSettings } from "./config/configuration.ts";
export { fetchHelp } from "./config/remote-help.ts";
export { chubDirectory, loadConfiguration } from "./config/load-configuration.ts";
export { addSource, removeSource, type ConfigText } from "./config/edit-sources.ts";

// The project
export { projectVersions, type ProjectVersions } from "./project/project-versions.ts";
export type { ProjectPackage } from "./project/project-package.ts";

// Notes
export {
  ANNOTATION_KINDS,
  type Annotation,
  type AnnotationKind,
  type AnnotationTarget,
} from "./annotations/annotation.ts";
export {
  openAnnotations,
  type AnnotationFolders,
  type AnnotationList,
  type AnnotationStore,
  type NewAnnotation,
} from "./annotations/annotation-store.ts";
export {
  FEEDBACK_LABELS,
  openFeedback,
  type Feedback,
  type FeedbackLabel,
  type FeedbackOutcome,
  type FeedbackQueue,
} from "./annotations/feedback-queue.ts";
export {
  annotationsOf,
  annotationTarget,
  type ShownAnnotation,
} from "./annotations/annotations-of.ts";

// The lock
export {
  decodeLock,
  encodeLock,
  lockText,
  withText,
  type Lock,
  type LockedText,
} from "./lock/lock.ts";
export { LOCK_FILE, readLock, writeLock } from "./lock/lock-file.ts";
export { checkLock, frozenCatalog, type LockFinding } from "./lock/frozen-catalog.ts";
export {
  scanProject,
  type DocumentedPackage,
  type DocumentedText,
  type ProjectScan,
  type VersionDistance,
} from "./lock/scan-project.ts";

// Names
export { formatAddress, parseAddress } from "./resolve/parse-address.ts";
export { packageKey, parsePackageUrl, type PackageUrl } from "./resolve/package-url.ts";
export { compareVersions, highestVersion, releaseNumbers } from "./resolve/version-order.ts";

// Search
export { buildSearchFiles } from "./search/build-search-files.ts";
export { buildSearchIndex, type SearchIndexFiles } from "./search/build-search-index.ts";
export type { Sha256 } from "./search/build-sharded-index.ts";
export { createPostgresBackend } from "./search/postgres-backend.ts";
export { POSTGRES_SCHEMA, type SqlClient } from "./search/postgres-schema.ts";
export { deleteDocument, putDocument, type PostgresPlace } from "./search/postgres-writer.ts";
export type {
  FoundSection,
  RankedAnswer,
  RankedHit,
  RankedPlace,
  SearchBackend,
  SearchDocument,
  SearchExplanation,
  SearchFile,
  SearchFilters,
  SearchOptions,
  SearchSection,
  SectionRequest,
} from "./search/search-types.ts";
