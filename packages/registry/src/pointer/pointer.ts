import { createHash } from "node:crypto";
import { byCodeUnit } from "../contract/code-unit-order.ts";
import type { PointerFile, PointerPayload } from "../contract/generated/pointer.ts";

/** Format number of the pointers this package writes and the highest it reads. */
export const POINTER_FORMAT = 1;

/** Which pointer of a host is meant: the newest of a channel, or one version for good. */
export type PointerPlace =
  | { readonly channel: string; readonly version?: undefined }
  | { readonly version: string; readonly channel?: undefined };

/** Where a pointer is, relative to the host's root; a version's pointer never changes. */
export function pointerPath(place: PointerPlace): string {
  return place.channel === undefined
    ? `versions/${place.version}.json`
    : `channels/${place.channel}.json`;
}

/** Where the bytes with a digest are, relative to the host's root; they never change. */
export function objectPath(sha256: string): string {
  return `objects/${sha256.slice(0, 2)}/${sha256}`;
}

/**
 * The bytes that are signed: a line that no other kind of file begins with, and the payload as JSON with
 * sorted keys and without white space. Units: UTF-8; the payload's schema allows ASCII only.
 */
export function pointerPayloadBytes(payload: PointerPayload): Uint8Array {
  const pairs = Object.entries(payload).sort(([a], [b]) => byCodeUnit(a, b));
  return new TextEncoder().encode(`chub pointer 1\n${JSON.stringify(Object.fromEntries(pairs))}`);
}

/** Bytes of the pointer's file; the same for the same payload and signatures. */
export function encodePointer({ payload, signatures }: Omit<PointerFile, "format">): Uint8Array {
  const sorted = [...signatures].sort((a, b) => byCodeUnit(a.key, b.key));
  const file = { format: POINTER_FORMAT, payload, signatures: sorted };
  return new TextEncoder().encode(`${JSON.stringify(file, null, 2)}\n`);
}

/**
 * The 32 bytes of a public key written as `ed25519:<base64>`; null for any other text.
 *
 * Source: https://www.rfc-editor.org/rfc/rfc8032#section-5.1.5
 */
export function pointerKeyBytes(key: string): Uint8Array | null {
  const [, base64 = ""] = /^ed25519:([A-Za-z0-9+/]{43}=)$/.exec(key) ?? [];
  const bytes = Buffer.from(base64, "base64");
  return bytes.length === 32 ? new Uint8Array(bytes) : null;
}

/** How signatures name a key: 16 hex digits of the sha256 of its 32 bytes. */
export function pointerKeyId(keyBytes: Uint8Array): string {
  return createHash("sha256").update(keyBytes).digest("hex").slice(0, 16);
}
