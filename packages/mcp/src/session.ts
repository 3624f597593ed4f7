import { randomBytes } from "node:crypto";
import type { AnnotationStore } from "@chub/registry";
import { keepCatalog, type KeptCatalog } from "./keep-catalog.ts";
import type { World } from "./open-configured.ts";
import type { NotesPort, ServerPorts } from "./ports.ts";
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

export interface SessionOptions {
  /** Called when the sources turn out to hold something else. */
  readonly changed: () => void;
  /** What a client that the user started may do besides reading; null over HTTP. */
  readonly own: { readonly mayWriteNotes: boolean } | null;
}

/** Starts with nothing opened. */
export function startSession(world: World, { changed, own }: SessionOptions): Session {
  const watched = watchResources();
  const kept = keepCatalog({
    open: async () => (await loaded()).openConfigured(world),
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
      notes: own === null ? null : notesPort(world, kept, own.mayWriteNotes),
      project:
        own === null ? null : async () => (await loaded()).scanFolder(world, await kept.current()),
    },
    stop: () => clearInterval(timer),
  };
}

function notesPort(world: World, kept: KeptCatalog, mayWrite: boolean): NotesPort {
  let opened: Promise<AnnotationStore> | null = null;
  const store = (): Promise<AnnotationStore> => {
    opened ??= loaded().then(({ openNotes }) => openNotes(world));
    // A configuration that was wrong may be right by now.
    opened.catch(() => {
      opened = null;
    });
    return opened;
  };
  return {
    store,
    mayWrite,
    rate: async (feedback) => (await loaded()).keepFeedback(world, feedback),
    on: async (text) => (await loaded()).annotationsOf(await store(), await kept.current(), text),
    now: () => new Date().toISOString(),
  };
}

/** By the first question: a client has to wait for the start, a reader of sources need not be part of it. */
async function loaded() {
  return import("./open-configured.ts");
}

const LOOK_EVERY_MS = 10_000;
