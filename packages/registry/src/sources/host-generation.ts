import type { Manifest } from "./manifest.ts";
import type { Generation } from "./refreshing.ts";
import type { UrlState } from "./url-state.ts";

/** What a host has, as far as it is known. */
export interface HostGeneration extends Generation {
  readonly state: UrlState;
  /** Of manifest.json or registry.json. */
  readonly rootBytes: Uint8Array;
  /** Null in Context Hub's layout. */
  readonly manifest: Manifest | null;
}

/** A generation out of its parts. */
export function hostGeneration(parts: Omit<HostGeneration, keyof Generation>): HostGeneration {
  return { ...parts, id: parts.state.root.sha256, checkedAtMs: parts.state.checkedAtMs };
}
