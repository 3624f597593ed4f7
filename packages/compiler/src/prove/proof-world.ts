import { availableParallelism, totalmem } from "node:os";
import { fileURLToPath } from "node:url";
import type { PackageEnvironment, WantedPackage } from "../6-verify/types/environment.ts";
import type { CheckAnswer, CheckJob } from "./check-job.ts";
import type { NpmRegistry } from "./npm-registry.ts";
import { openPackageStore } from "./package-store.ts";
import { resolveEnvironment } from "./resolve-environment.ts";
import { runChecks } from "./run-checks.ts";
import { NODE_TYPES, openTool, type PinnedTool, TYPESCRIPT } from "./tool-store.ts";
import { openVerdictCache, type VerdictCache } from "./verdict-cache.ts";

/** What proving code needs of the world. */
export interface ProofWorld {
  /** `name@version` of the type checker. */
  readonly tool: string;
  readonly cache: VerdictCache;
  /** Whether the registry has a version. */
  exists(wanted: WantedPackage): Promise<boolean>;
  /** Packages with what their types need, and the types of Node. `lock`: lines `name@version integrity`. */
  environment(
    wanted: readonly WantedPackage[],
    lock: readonly string[],
  ): Promise<PackageEnvironment>;
  check(
    jobs: readonly CheckJob[],
    onProgress: (documents: number) => void,
  ): Promise<readonly CheckAnswer[]>;
}

export interface ProofWorldOptions {
  /** Folder for packages, tools and verdicts, absolute. */
  readonly folder: string;
  readonly registry: NpmRegistry;
  /** Processes at once. Default: one for each processor, as far as the memory goes. */
  readonly processes?: number;
  /** Milliseconds for the types of one document. Default 180,000. */
  readonly timeoutMs?: number;
  /** Script of the checker process. Default: the one beside this file. */
  readonly script?: string;
  /** The type checker. Default: the pinned TypeScript. */
  readonly typescript?: PinnedTool;
}

/** The world on disk and in the user's npm registry. */
export function openProofWorld(options: ProofWorldOptions): ProofWorld {
  const { folder, registry } = options;
  const store = openPackageStore(folder, registry);
  const typescript = options.typescript ?? TYPESCRIPT;
  return {
    tool: `${typescript.name}@${typescript.version}`,
    cache: openVerdictCache(folder),
    exists: async ({ name, version }) =>
      store.contains(name, version) || (await registry.manifest(name, version)) !== null,
    environment: (wanted, lock) =>
      resolveEnvironment(withNode(wanted), {
        store,
        registry,
        locked: new Set(lock.map((line) => line.split(" ")[0]!)),
      }),
    async check(jobs, onProgress) {
      if (jobs.length === 0) return [];
      return runChecks(jobs, {
        script: options.script ?? CHECKER,
        setup: { store: folder, typescript: await openTool(typescript, { folder, registry }) },
        processes: options.processes ?? affordableProcesses(),
        memoryMb: PROCESS_MB,
        timeoutMs: options.timeoutMs ?? 180_000,
        onProgress,
      });
    },
  };
}

function withNode(wanted: readonly WantedPackage[]): readonly WantedPackage[] {
  return wanted.some(({ name }) => name === NODE_TYPES.name) ? wanted : [...wanted, NODE_TYPES];
}

/** Half of the memory is for others. */
function affordableProcesses(): number {
  const byMemory = Math.floor(totalmem() / 2 / (PROCESS_MB * 1024 * 1024));
  return Math.max(1, Math.min(availableParallelism(), byMemory));
}

const PROCESS_MB = 2048;
const CHECKER = fileURLToPath(
  new URL(
    import.meta.url.endsWith(".cjs") ? "./checker-process.cjs" : "./checker-process.js",
    import.meta.url,
  ),
);
