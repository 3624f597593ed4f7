import type {
  AnnotationStore,
  Catalog,
  Feedback,
  FeedbackOutcome,
  ProjectScan,
  ProjectVersions,
  ResolvedText,
  ShownAnnotation,
} from "@chub/registry";

/** Everything of the world that the server may touch. */
export interface ServerPorts {
  /** Version of this package. */
  readonly version: string;
  /** The configured sources, opened at the first question. Errors: ChubError CONFIG, NO_DATA, INTEGRITY, FORMAT_TOO_NEW. */
  readonly catalog: () => Promise<Catalog>;
  /** 64 random bits in hex, which no document can foresee. */
  readonly boundary: () => string;
  /** Hears which resources were read or subscribed to, so that a change of the sources can be told. */
  readonly watched: (uri: string) => void;
  /** The user's notes; null where the client is not the user's own: over HTTP. */
  readonly notes: NotesPort | null;
  /** What the project in the working directory uses; null where there is none of the client's: over HTTP. */
  readonly project: (() => Promise<ProjectScanPort>) | null;
}

export interface NotesPort {
  /** Errors: ChubError CONFIG. */
  readonly store: () => Promise<AnnotationStore>;
  /** Notes that belong to a text. Errors: those of the catalog, ChubError LOCAL_IO. */
  readonly on: (text: ResolvedText) => Promise<readonly ShownAnnotation[]>;
  /** Keeps a rating, and sends it where the user configured. Errors: ChubError CONFIG, USAGE, LOCAL_IO. */
  readonly rate: (feedback: Feedback) => Promise<FeedbackOutcome>;
  readonly mayWrite: boolean;
  /** ISO 8601 in UTC. */
  readonly now: () => string;
}

/** The project's packages, and which of them the catalog documents. */
export interface ProjectScanPort {
  readonly project: ProjectVersions;
  readonly scan: ProjectScan;
}
