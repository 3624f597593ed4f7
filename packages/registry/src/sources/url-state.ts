import type { SourceRelease } from "./source.ts";

/** What is known of a host from the last time it was asked. */
export interface UrlState {
  readonly layout: "chub" | "context-hub";
  /** manifest.json or registry.json. */
  readonly root: CachedFile;
  /** Milliseconds since 1970 of the last successful check. */
  readonly checkedAtMs: number;
  /** Files of Context Hub's layout, which have no digests of their own; by path. */
  readonly files: ReadonlyMap<string, CachedFile & { readonly checkedAtMs: number }>;
  /** Of the pointer that led to the root; its ETag is then the root's. */
  readonly pointer?: SourceRelease;
}

export interface CachedFile {
  readonly sha256: string;
  readonly etag?: string;
}

/** A state as it is stored; null for anything that is none. A check in the future counts as long ago. */
export function decodeUrlState(value: unknown, nowMs: number): UrlState | null {
  const { layout, root, checkedAtMs, files, pointer } = objectOf(value);
  const rootFile = decodeFile(root);
  if (
    (layout !== "chub" && layout !== "context-hub") ||
    rootFile === null ||
    typeof checkedAtMs !== "number"
  )
    return null;
  const decoded = Object.entries(objectOf(files)).flatMap(([path, file]) => {
    const cached = decodeFile(file);
    const { checkedAtMs: checked } = objectOf(file);
    return cached === null || typeof checked !== "number"
      ? []
      : [[path, { ...cached, checkedAtMs: checked }] as const];
  });
  return {
    layout,
    root: rootFile,
    checkedAtMs: checkedAtMs > nowMs ? 0 : checkedAtMs,
    files: new Map(decoded),
    ...decodePointer(pointer),
  };
}

export function encodeUrlState(state: UrlState): unknown {
  return { ...state, files: Object.fromEntries(state.files) };
}

function decodePointer(value: unknown): Pick<UrlState, "pointer"> {
  const { version, channel, signedBy, expiresAt } = objectOf(value);
  if (typeof version !== "string") return {};
  const texts = Object.entries({ channel, signedBy, expiresAt }).filter(
    ([, text]) => typeof text === "string",
  );
  return { pointer: { version, ...Object.fromEntries(texts) } };
}

function decodeFile(value: unknown): CachedFile | null {
  const { sha256, etag } = objectOf(value);
  if (typeof sha256 !== "string" || !/^[0-9a-f]{64}$/.test(sha256)) return null;
  return { sha256, ...(typeof etag === "string" ? { etag } : {}) };
}

function objectOf(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value)
    ? (value as Record<string, unknown>)
    : {};
}
