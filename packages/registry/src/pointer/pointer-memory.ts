import type { PointerPayload } from "../contract/generated/pointer.ts";
import { pointerKeyBytes, pointerKeyId } from "./pointer.ts";

/** What a reader must not forget of the pointers of one place. */
export interface PointerMemory {
  readonly artifact: string;
  /** The highest accepted pointer by the id of the key that signed it; "" when no key was pinned. */
  readonly seen: Readonly<Record<string, SeenPointer>>;
}

export interface SeenPointer {
  /** 0 for the pointer of a version, which has none. */
  readonly sequence: number;
  /** sha256 of the manifest. */
  readonly manifest: string;
}

/**
 * The highest pointer seen under the keys that are pinned now; null when there is none. What a key said
 * that is no longer pinned does not count: a stolen key cannot end a channel with the highest sequence.
 */
export function highestSeen(
  memory: PointerMemory | null,
  keys: readonly string[],
): SeenPointer | null {
  if (memory === null) return null;
  const ids = keys.length === 0 ? [""] : keys.flatMap(idOf);
  const seen = ids.flatMap((id) => (Object.hasOwn(memory.seen, id) ? [memory.seen[id]] : []));
  return seen.reduce<SeenPointer | null>(
    (highest, one) =>
      one !== undefined && (highest === null || one.sequence > highest.sequence) ? one : highest,
    null,
  );
}

/** The memory with one more accepted pointer. */
export function rememberPointer(
  memory: PointerMemory | null,
  { artifact, manifest, sequence = 0 }: PointerPayload,
  signedBy: string | null,
): PointerMemory {
  return { artifact, seen: { ...memory?.seen, [signedBy ?? ""]: { sequence, manifest } } };
}

/** A memory as it is stored; null for anything that is none. */
export function decodePointerMemory(value: unknown): PointerMemory | null {
  const { artifact, seen } = objectOf(value);
  if (typeof artifact !== "string") return null;
  const pairs = Object.entries(objectOf(seen)).flatMap(([id, one]) => {
    const { sequence, manifest } = objectOf(one);
    return Number.isSafeInteger(sequence) && typeof manifest === "string"
      ? [[id, { sequence: sequence as number, manifest }] as const]
      : [];
  });
  return { artifact, seen: Object.fromEntries(pairs) };
}

function idOf(key: string): readonly string[] {
  const bytes = pointerKeyBytes(key);
  return bytes === null ? [] : [pointerKeyId(bytes)];
}

function objectOf(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null ? (value as Record<string, unknown>) : {};
}
