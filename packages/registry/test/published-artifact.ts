import { generateKeyPairSync, sign, type KeyObject } from "node:crypto";
import {
  encodePointer,
  objectPath,
  pointerKeyBytes,
  pointerKeyId,
  pointerPath,
  pointerPayloadBytes,
  type PointerPayload,
} from "../src/index.ts";
import { sha256 } from "./fixture-artifact.ts";

/** A key pair as a publisher and a reader hold it. */
export interface SigningKey {
  readonly id: string;
  /** As a configuration pins it. */
  readonly pinned: string;
  readonly secret: KeyObject;
}

export function newKey(): SigningKey {
  const { publicKey, privateKey } = generateKeyPairSync("ed25519");
  const { x = "" } = publicKey.export({ format: "jwk" });
  const pinned = `ed25519:${Buffer.from(x, "base64url").toString("base64")}`;
  const bytes = pointerKeyBytes(pinned);
  if (bytes === null) throw new Error("expected the key to have 32 bytes");
  return { id: pointerKeyId(bytes), pinned, secret: privateKey };
}

/** The payload for an artifact: channel `stable`, sequence 1, valid for a month of 2027. */
export function payloadOf(
  files: ReadonlyMap<string, Uint8Array>,
  more: Partial<PointerPayload> = {},
): PointerPayload {
  const manifest = files.get("manifest.json") ?? new Uint8Array();
  return {
    artifact: "@acme/docs",
    version: "1.0.0",
    manifest: sha256(manifest),
    size: manifest.length,
    issuedAt: "2027-01-01T00:00:00Z",
    channel: "stable",
    sequence: 1,
    expiresAt: "2027-02-01T00:00:00Z",
    ...more,
  };
}

export function signed(payload: PointerPayload, keys: readonly SigningKey[]): Uint8Array {
  const signatures = keys.map(({ id, secret }) => ({
    key: id,
    signature: sign(null, pointerPayloadBytes(payload), secret).toString("base64"),
  }));
  return encodePointer({ payload, signatures });
}

/** What a host serves after an artifact was published to it: its objects, and the pointer. */
export function published(
  files: ReadonlyMap<string, Uint8Array>,
  keys: readonly SigningKey[],
  more: Partial<PointerPayload> = {},
): Map<string, Uint8Array> {
  const payload = payloadOf(files, more);
  const { channel, version } = payload;
  const place = channel === undefined ? { version } : { channel };
  return new Map([
    ...[...files.values()].map((bytes) => [objectPath(sha256(bytes)), bytes] as const),
    [pointerPath(place), signed(payload, keys)],
  ]);
}
