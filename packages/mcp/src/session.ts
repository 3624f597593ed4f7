import { randomBytes } from "node:crypto";
import { keepCatalog, type KeptCatalog } from "./keep-catalog.ts";
import type { World } from "./open-configured.ts";
import type { ServerPorts } from "./ports.ts";
import { VERSION } from "./version.ts";
import { watchResources, type WatchedResources } from "./watched-resources.ts";

/** What a running server has, whichever transport it speaks. */
export interface Session {
  readonly ports: ServerPorts;
  readonly kept: KeptCatalog;
  readonly watched: WatchedResources;
  /** Stops looking at the sources. */
  stop(): void;
}

/** Starts with nothing opened; `changed` is called when the sources turn out to hold something else. */
export function startSession(world: World, changed: () => void): Session {
  const watched = watchResources();
  const kept = keepCatalog({
    // Loaded by the first question: a client has to wait for the start, a reader of sources need not be part of it.
    open: async () => (await import("./open-configured.ts")).openConfigured(world),
    now: () => performance.now(),
    later: (work, delayMs) => void setTimeout(work, delayMs).unref(),
    changed,
  });
  // Without a question nobody looks; a client that waits for notifications asks none.
  const timer = setInterval(() => {
    if (watched.all().length > 0) kept.refresh().catch(() => undefined);
  }, LOOK_EVERY_MS).unref();
  return {
    kept,
    watched,
    ports: {
      version: VERSION,
      catalog: () => kept.current(),
      boundary: () => randomBytes(8).toString("hex"),
      watched: (uri) => watched.add(uri),
    },
    stop: () => clearInterval(timer),
  };
}

const LOOK_EVERY_MS = 10_000;
