import { openFeedback } from "@chub/registry";
import type {
  AnnotationStore,
  Configuration,
  EntrySummary,
  FoundText,
  ObjectCache,
  OpenedCatalog,
  Variant,
} from "@chub/registry";
import type { Ports } from "../src/ports.ts";

export interface PlainPorts extends Ports {
  /** What was written, by path. */
  readonly written: Map<string, string>;
  /** Command lines handed to the compiler. */
  readonly compiled: (readonly string[])[];
}

/** Ports of data: the catalog answers what the test says, files go into a map. */
export function plainPorts(
  catalog: Partial<OpenedCatalog> = {},
  overrides: Partial<Ports> = {},
): PlainPorts {
  const written = new Map<string, string>();
  const compiled: (readonly string[])[] = [];
  return {
    environment: {},
    stdout: { isTerminal: false, hasColour: false, columns: 80 },
    stderr: { isTerminal: false, hasColour: false, columns: 80 },
    files: {
      write: (path, text) => void written.set(path, text),
      isDirectory: (path) => path === "folder",
      read: (path) => written.get(path) ?? null,
      remove: (path) => void written.delete(path),
      removeEmptyFolder: () => undefined,
    },
    openReader: async () => ({
      configuration: CONFIGURATION,
      catalog: { ...noAnswers(), sources: () => [], ...catalog },
      cache: NO_CACHE,
      lock: { read: () => null, write: () => undefined, freeze: (given) => given },
      annotations: NO_NOTES,
      feedback: openFeedback("/nowhere"),
      notesOn: async () => [],
    }),
    projectVersions: async () => ({ versions: new Map(), packages: [], files: [], problems: [] }),
    folders: { working: "/project", home: "/home/ada" },
    version: () => "1.2.3",
    skill: () => "---\nname: get-api-docs\n---\n",
    choose: null,
    remoteHelp: async () => null,
    now: () => "2026-03-01T12:00:00.000Z",
    boundary: async () => "0123456789abcdef",
    runCompiler: async (argv) => {
      compiled.push(argv);
      return 1;
    },
    written,
    compiled,
    ...overrides,
  };
}

/** What there is without any configuration file. */
export const CONFIGURATION: Configuration = {
  home: "/home/ada/.chub",
  sources: [{ name: "default", kind: "embedded", tier: "official" }],
  policy: { allow: [], deny: [] },
  shadow: false,
  languages: [],
  outputFormat: "human",
  refreshIntervalSeconds: 21600,
  offline: false,
  warnings: [],
};

const NO_CACHE: ObjectCache = {
  read: () => null,
  write: () => "",
  readState: () => null,
  writeState: () => undefined,
  status: () => ({ folder: "/home/ada/.chub/cache", objects: 0, bytes: 0 }),
  clear: () => undefined,
  verify: () => [],
  evict: () => undefined,
  problem: () => null,
};

const NO_NOTES: AnnotationStore = {
  add: () => {
    throw new Error("the test did not expect a note");
  },
  list: () => ({ annotations: [], problems: [] }),
  remove: () => false,
};

/** An entry in JavaScript and Python, with one more file in JavaScript. */
export const STRIPE: EntrySummary = {
  address: "stripe/api",
  source: "default",
  record: {
    type: "doc",
    id: "stripe/api",
    name: "api",
    description: "Accept payments.",
    tier: "maintainer",
    tags: ["payments"],
    aliases: [],
    upstream: [],
    status: "current",
    variants: [
      variant({ language: "javascript", path: "stripe/docs/api/javascript", tokens: 900 }),
      variant({ language: "python", path: "stripe/docs/api/python" }),
    ],
  },
};

/** A text of STRIPE in JavaScript. */
export function foundStripe(overrides: Partial<FoundText> = {}): FoundText {
  const [javascript] = STRIPE.record.variants;
  if (javascript === undefined) throw new Error("STRIPE has no variants");
  return {
    outcome: "found",
    address: { id: "stripe/api" },
    entry: STRIPE,
    variant: javascript,
    match: { kind: "default", served: "19.1.0" },
    parts: [
      { file: "DOC.md", content: "# Stripe\n\nText\n", startLine: 1, endLine: 3, cut: false },
    ],
    omitted: [],
    additionalFiles: [],
    ...overrides,
  };
}

function variant(overrides: Partial<Variant>): Variant {
  return {
    language: "javascript",
    version: "19.1.0",
    recommended: true,
    path: "stripe/docs/api/javascript",
    entryFile: "DOC.md",
    files: [{ path: "DOC.md", size: 2048 }],
    lastUpdated: "2026-03-01",
    packages: [],
    ...overrides,
  };
}

function noAnswers(): Omit<OpenedCatalog, "sources"> {
  const unexpected = () => {
    throw new Error("the test did not expect this question");
  };
  return {
    search: unexpected,
    get: unexpected,
    outline: unexpected,
    list: unexpected,
    resolve: unexpected,
    update: unexpected,
    cacheProblem: () => null,
    close: async () => undefined,
  };
}
