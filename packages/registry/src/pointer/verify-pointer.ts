import { createPublicKey, verify } from "node:crypto";
import type { PointerFile, PointerPayload } from "../contract/generated/pointer.ts";
import { pointerValidator } from "../contract/generated/pointer-validator.ts";
import {
  POINTER_FORMAT,
  pointerKeyBytes,
  pointerKeyId,
  pointerPayloadBytes,
  type PointerPlace,
} from "./pointer.ts";
import { highestSeen, rememberPointer, type PointerMemory } from "./pointer-memory.ts";

export interface PointerExpectation {
  readonly place: PointerPlace;
  /** Public keys, `ed25519:<base64>`; one of them must have signed. Empty: nothing has to be signed. */
  readonly keys: readonly string[];
  /** What was accepted before; null the first time. */
  readonly memory: PointerMemory | null;
  /** Milliseconds since 1970. */
  readonly nowMs: number;
}

/** Why a pointer is not to be followed. */
export type PointerFault =
  | "malformed"
  | "format-too-new"
  | "not-signed"
  | "other-place"
  | "other-artifact"
  | "rolled-back"
  | "contradicted"
  | "expired";

export type PointerVerdict =
  | {
      readonly outcome: "accepted";
      readonly payload: PointerPayload;
      /** Id of the pinned key that signed; null when none is pinned. */
      readonly signedBy: string | null;
      /** To be kept once the manifest it names is there, and given to the next call. */
      readonly memory: PointerMemory;
    }
  | { readonly outcome: "refused"; readonly fault: PointerFault; readonly why: string };

/**
 * Whether the bytes of a pointer may be followed. Pure and total: any bytes give a verdict.
 *
 * In this order: shape, a signature by a pinned key, the place and the artifact that was asked for, not
 * older than what was seen (rollback), not another one under the same sequence, not expired (freeze).
 */
export function verifyPointer(bytes: Uint8Array, expected: PointerExpectation): PointerVerdict {
  const file = decode(bytes);
  if (typeof file === "string") return refused("malformed", file);
  if (typeof file === "number")
    return refused(
      "format-too-new",
      `it has format ${file}, this reader knows up to ${POINTER_FORMAT}`,
    );
  const signedBy = signerOf(file, expected.keys);
  if (signedBy === undefined) return refused("not-signed", "no pinned key has signed it");
  const { payload } = file;
  const elsewhere = placeFault(payload, expected.place);
  if (elsewhere !== null) return elsewhere;
  const stale = ageFault(payload, expected);
  if (stale !== null) return stale;
  return {
    outcome: "accepted",
    payload,
    signedBy,
    memory: rememberPointer(expected.memory, payload, signedBy),
  };
}

/** Whether a pointer that was accepted once is still to be taken from a host. */
export function isExpired(expiresAt: string, nowMs: number): boolean {
  // A date that is none never compares as later.
  return !(Date.parse(expiresAt) > nowMs);
}

/** A pointer, the number of a newer format, or what is wrong. */
function decode(bytes: Uint8Array): PointerFile | number | string {
  let json: unknown;
  try {
    json = JSON.parse(new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes));
  } catch {
    return "it is not JSON in UTF-8";
  }
  const { format } = (typeof json === "object" && json !== null ? json : {}) as {
    format?: unknown;
  };
  if (typeof format === "number" && format > POINTER_FORMAT) return format;
  if (pointerValidator(json)) return json as PointerFile;
  const [error] = pointerValidator.errors ?? [];
  return `${error?.instancePath || "/"} ${error?.message ?? "is not what it must be"}`;
}

/** Id of the first pinned key with a valid signature; null when none is pinned, undefined when none has signed. */
function signerOf({ payload, signatures }: PointerFile, keys: readonly string[]) {
  if (keys.length === 0) return null;
  const signed = pointerPayloadBytes(payload);
  return keys
    .flatMap((key) => pointerKeyBytes(key) ?? [])
    .map((bytes) => ({ bytes, id: pointerKeyId(bytes) }))
    .find(({ bytes, id }) =>
      signatures.some(({ key, signature }) => key === id && isSignature(bytes, signed, signature)),
    )?.id;
}

function isSignature(keyBytes: Uint8Array, signed: Uint8Array, signature: string): boolean {
  const x = Buffer.from(keyBytes).toString("base64url");
  const key = createPublicKey({ key: { kty: "OKP", crv: "Ed25519", x }, format: "jwk" });
  return verify(null, signed, key, Buffer.from(signature, "base64"));
}

function placeFault(payload: PointerPayload, place: PointerPlace): PointerVerdict | null {
  const { channel, version } = payload;
  if (place.channel !== undefined && channel !== place.channel)
    return refused(
      "other-place",
      `it is the pointer of ${channel === undefined ? `version ${version}` : `channel ${channel}`}, not of channel ${place.channel}`,
    );
  if (place.version !== undefined && (channel !== undefined || version !== place.version))
    return refused(
      "other-place",
      `it is the pointer of ${channel === undefined ? `version ${version}` : `channel ${channel}`}, not of version ${place.version}`,
    );
  return null;
}

function ageFault(payload: PointerPayload, expected: PointerExpectation): PointerVerdict | null {
  const { memory, keys, nowMs } = expected;
  if (memory !== null && memory.artifact !== payload.artifact)
    return refused(
      "other-artifact",
      `it is of ${payload.artifact}, and this source has been ${memory.artifact}`,
    );
  const seen = highestSeen(memory, keys);
  const { sequence = 0 } = payload;
  if (seen !== null && sequence < seen.sequence)
    return refused("rolled-back", `its sequence is ${sequence}, and ${seen.sequence} was seen`);
  if (seen !== null && sequence === seen.sequence && seen.manifest !== payload.manifest)
    return refused("contradicted", "another one with the same sequence was seen");
  const { expiresAt } = payload;
  return expiresAt !== undefined && isExpired(expiresAt, nowMs)
    ? refused("expired", `it expired at ${expiresAt}: the host is behind, or the clock is wrong`)
    : null;
}

function refused(fault: PointerFault, why: string): PointerVerdict {
  return { outcome: "refused", fault, why };
}
