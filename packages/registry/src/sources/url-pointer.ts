import { ChubError } from "../chub-error.ts";
import { decodePointerMemory } from "../pointer/pointer-memory.ts";
import { objectPath, pointerPath } from "../pointer/pointer.ts";
import { isExpired, verifyPointer } from "../pointer/verify-pointer.ts";
import { decodeManifest } from "./manifest.ts";
import { sha256Of } from "./read-verified.ts";
import { fetchFile, refused, tooLarge } from "./url-files.ts";
import { hostGeneration, type HostGeneration } from "./host-generation.ts";
import type { UrlPointer, UrlSourceOptions } from "./url-options.ts";

/**
 * What the pointer of a host leads to. The pointer is checked first, then the manifest it names is fetched
 * and checked, and only then both are remembered.
 *
 * Errors: ChubError NO_DATA, INTEGRITY, FORMAT_TOO_NEW; nothing is kept then.
 */
export async function fetchPointedGeneration(
  options: UrlSourceOptions,
  pointer: UrlPointer,
  known: HostGeneration | null,
): Promise<HostGeneration> {
  const path = pointerPath(pointer.place);
  const etag = known?.state.pointer === undefined ? undefined : known.state.root.etag;
  const answer = await fetchFile(options, { path, maxBytes: MAX_POINTER_BYTES, etag });
  if (answer.kind === "too-large") throw tooLarge(options, path);
  if (answer.kind === "not-found") throw noPointer(options, path);
  if (answer.kind === "not-modified") return unchanged(options, path, known);
  const memoryName = [options.name, options.url, JSON.stringify(pointer.place)].join(" ");
  const verdict = verifyPointer(answer.bytes, {
    place: pointer.place,
    keys: pointer.keys,
    memory: decodePointerMemory(pointer.memory.readState(memoryName)),
    nowMs: options.now(),
  });
  if (verdict.outcome === "refused") throw refusedPointer(options, path, verdict);
  const { payload, signedBy } = verdict;
  const rootBytes = await readManifest(options, payload);
  const manifest = decodeManifest(rootBytes, options.name);
  pointer.memory.writeState(memoryName, verdict.memory);
  options.cache.write(rootBytes);
  const root = {
    sha256: payload.manifest,
    ...(answer.etag === undefined ? {} : { etag: answer.etag }),
  };
  const { version, channel, expiresAt } = payload;
  const release = {
    version,
    ...(channel === undefined ? {} : { channel }),
    ...(expiresAt === undefined ? {} : { expiresAt }),
    ...(signedBy === null ? {} : { signedBy }),
  };
  return hostGeneration({
    state: {
      layout: "chub",
      root,
      checkedAtMs: options.now(),
      files: new Map(),
      pointer: release,
    },
    rootBytes,
    manifest,
  });
}

/** A host that says "not modified" for ever is one that has stopped: what it said before can expire. */
function unchanged(
  options: UrlSourceOptions,
  path: string,
  known: HostGeneration | null,
): HostGeneration {
  const release = known?.state.pointer;
  if (known === null || release === undefined) throw noPointer(options, path);
  if (release.expiresAt !== undefined && isExpired(release.expiresAt, options.now()))
    throw refused(
      options,
      path,
      `it expired at ${release.expiresAt}, and the host has no newer one`,
    );
  return hostGeneration({ ...known, state: { ...known.state, checkedAtMs: options.now() } });
}

async function readManifest(
  options: UrlSourceOptions,
  { manifest, size }: { readonly manifest: string; readonly size: number },
): Promise<Uint8Array> {
  const kept = options.cache.read(manifest);
  if (kept !== null) return kept;
  const path = objectPath(manifest);
  const answer = await fetchFile(options, { path, maxBytes: size, etag: undefined });
  if (answer.kind === "body" && sha256Of(answer.bytes) === manifest) return answer.bytes;
  throw refused(
    options,
    path,
    answer.kind === "not-found"
      ? "the pointer names it, the host does not have it"
      : "its bytes are not those the pointer names",
  );
}

function refusedPointer(
  { name, url }: UrlSourceOptions,
  path: string,
  { fault, why }: { readonly fault: string; readonly why: string },
): ChubError {
  if (fault === "format-too-new")
    return new ChubError("FORMAT_TOO_NEW", `Refused ${path} of source ${name}: ${why}`, {
      hint: "Install a newer chub.",
    });
  return new ChubError("INTEGRITY", `Refused ${path} of source ${name}: ${why}`, {
    hint:
      fault === "not-signed"
        ? `Check the keys of the source in config.yaml with whoever runs ${url}; nothing of it was kept.`
        : "Nothing of it was kept; what was fetched before still answers. Tell whoever runs the source.",
  });
}

function noPointer({ name, url }: UrlSourceOptions, path: string): ChubError {
  return new ChubError(
    "NO_DATA",
    `Source ${name} has no documents: there is no ${path} at ${url}`,
    {
      hint: "Check the url, channel and version of the source in config.yaml.",
    },
  );
}

const MAX_POINTER_BYTES = 64 * 1024;
