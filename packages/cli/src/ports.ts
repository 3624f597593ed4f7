import type {
  AnnotationStore,
  Catalog,
  Configuration,
  FeedbackQueue,
  Lock,
  ObjectCache,
  OpenedCatalog,
  ProjectVersions,
  ResolvedText,
  ShownAnnotation,
} from "@chub/registry";
import type { StreamTraits } from "./terminal/render-block.ts";

/** Everything of the world a command may touch. */
export interface Ports {
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly stdout: StreamTraits;
  readonly stderr: StreamTraits;
  readonly files: FilePort;
  /** The configuration and its sources. Errors: ChubError CONFIG, LOCAL_IO. */
  readonly openReader: () => Promise<Reader>;
  /** 64 random bits in hex, which no document can foresee. */
  readonly boundary: () => Promise<string>;
  /** Versions that the lockfiles and manifests of the working directory name. */
  readonly projectVersions: () => Promise<ProjectVersions>;
  /** Absolute. */
  readonly folders: { readonly working: string; readonly home: string };
  /** SKILL.md of the skill that comes with chub. */
  readonly skill: () => string;
  /** Version of chub. */
  readonly version: () => string;
  /** ISO 8601 in UTC. */
  readonly now: () => string;
  /** Asks the user for one of some choices; null as an answer when none is taken, null itself where nobody can be asked. */
  readonly choose:
    | ((question: string, choices: readonly string[]) => Promise<string | null>)
    | null;
  /** Help that the user configured, besides ours; null without. Errors: ChubError CONFIG, LOCAL_IO. */
  readonly remoteHelp: () => Promise<RemoteHelp | null>;
  /** Runs a command of the compiler with its own streams; gives its exit code. */
  readonly runCompiler: (argv: readonly string[]) => Promise<number>;
}

export interface RemoteHelp {
  /** Origin of the URL. */
  readonly from: string;
  readonly text: string;
}

export interface Reader {
  readonly configuration: Configuration;
  readonly catalog: OpenedCatalog;
  readonly cache: ObjectCache;
  /** chub.lock of the working directory. Errors: ChubError CONFIG, FORMAT_TOO_NEW, LOCAL_IO. */
  readonly lock: LockPort;
  /** Local notes. */
  readonly annotations: AnnotationStore;
  /** Ratings that wait on this machine. */
  readonly feedback: FeedbackQueue;
  /** The notes that belong to a text. */
  readonly notesOn: (text: ResolvedText) => Promise<readonly ShownAnnotation[]>;
}

export interface LockPort {
  read(): Lock | null;
  write(lock: Lock): void;
  /** A catalog that reads nothing but what is locked. */
  freeze(catalog: Catalog, lock: Lock): Catalog;
}

export interface FilePort {
  /**
   * Writes UTF-8, making the folders on the way; `below` is the folder the user named, under which no link
   * is followed. Errors: ChubError LOCAL_IO, POLICY for such a link.
   */
  write(path: string, text: string, below?: string): void;
  isDirectory(path: string): boolean;
  /** Text of a file, or null when there is none. Errors: ChubError LOCAL_IO. */
  read(path: string): string | null;
  remove(path: string): void;
  /** Removes a folder when it is empty. */
  removeEmptyFolder(path: string): void;
}
