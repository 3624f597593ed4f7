import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  encodePointer,
  pointerKeyBytes,
  pointerPayloadBytes,
  pointerValidator,
  verifyPointer,
  type PointerExpectation,
  type PointerPayload,
} from "../src/index.ts";
import { decodePointerMemory } from "../src/pointer/pointer-memory.ts";
import { newKey, payloadOf, signed } from "./published-artifact.ts";

const NOW = Date.parse("2027-01-15T00:00:00Z");
const [current, next, stranger] = [newKey(), newKey(), newKey()];
const files = new Map([["manifest.json", Buffer.from("{}")]]);

const expecting = (more: Partial<PointerExpectation> = {}): PointerExpectation => ({
  place: { channel: "stable" },
  keys: [current.pinned, next.pinned],
  memory: null,
  nowMs: NOW,
  ...more,
});

const faultOf = (bytes: Uint8Array, more: Partial<PointerExpectation> = {}): string => {
  const verdict = verifyPointer(bytes, expecting(more));
  return verdict.outcome === "refused" ? verdict.fault : verdict.outcome;
};

const memoryAfter = (payload: PointerPayload, key = current) => {
  const verdict = verifyPointer(signed(payload, [key]), expecting());
  if (verdict.outcome !== "accepted") throw new Error(verdict.why);
  return verdict.memory;
};

it("signs a line of its own and the payload with sorted keys", () => {
  expect(Buffer.from(pointerPayloadBytes(payloadOf(files))).toString()).toBe(
    'chub pointer 1\n{"artifact":"@acme/docs","channel":"stable","expiresAt":"2027-02-01T00:00:00Z",' +
      '"issuedAt":"2027-01-01T00:00:00Z","manifest":"44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a",' +
      '"sequence":1,"size":2,"version":"1.0.0"}',
  );
});

it("writes what the schema describes, the same whatever the order of the signatures", () => {
  const payload = payloadOf(files);
  const bytes = signed(payload, [current, next]);
  expect(pointerValidator(JSON.parse(Buffer.from(bytes).toString()))).toBe(true);
  expect(Buffer.from(signed(payload, [next, current]))).toEqual(Buffer.from(bytes));
});

describe("a pointer is followed", () => {
  it("when a pinned key has signed it, and what was seen is remembered", () => {
    const payload = payloadOf(files, { sequence: 7 });
    expect(verifyPointer(signed(payload, [current]), expecting())).toEqual({
      outcome: "accepted",
      payload,
      signedBy: current.id,
      memory: {
        artifact: "@acme/docs",
        seen: { [current.id]: { sequence: 7, manifest: payload.manifest } },
      },
    });
  });

  it("when the next key has signed it, or both, or one that is not pinned besides", () => {
    for (const keys of [[next], [current, next], [stranger, current]])
      expect(faultOf(signed(payloadOf(files), keys))).toBe("accepted");
  });

  it("again with the same sequence and manifest, and of one version for good", () => {
    const memory = memoryAfter(payloadOf(files, { sequence: 7 }));
    expect(faultOf(signed(payloadOf(files, { sequence: 7 }), [next]), { memory })).toBe("accepted");
    const { channel: _, sequence: __, expiresAt: ___, ...version } = payloadOf(files);
    expect(
      faultOf(signed(version, [current]), {
        place: { version: "1.0.0" },
        nowMs: NOW + 10 * 365 * 86_400_000,
      }),
    ).toBe("accepted");
  });
});

describe("a pointer is refused", () => {
  it.each([
    ["that nobody signed", [], "not-signed"],
    ["that a stranger signed", [stranger], "not-signed"],
  ])("%s", (_, keys, fault) => {
    expect(faultOf(signed(payloadOf(files), keys))).toBe(fault);
  });

  it("whose signature is of another payload, or bears the name of a pinned key", () => {
    const json = JSON.parse(Buffer.from(signed(payloadOf(files), [stranger])).toString());
    json.signatures[0].key = current.id;
    expect(faultOf(Buffer.from(JSON.stringify(json)))).toBe("not-signed");
    const other = JSON.parse(Buffer.from(signed(payloadOf(files), [current])).toString());
    other.payload.sequence = 2;
    expect(faultOf(Buffer.from(JSON.stringify(other)))).toBe("not-signed");
  });

  it("of another channel, of a version as a channel, of a channel as a version, of another artifact", () => {
    const beta = signed(payloadOf(files, { channel: "beta" }), [current]);
    const { channel: _, sequence: __, expiresAt: ___, ...version } = payloadOf(files);
    const memory = memoryAfter(payloadOf(files));
    expect([
      faultOf(beta),
      faultOf(signed(version, [current])),
      faultOf(signed(payloadOf(files), [current]), { place: { version: "1.0.0" } }),
      faultOf(signed({ ...version, version: "2.0.0" }, [current]), { place: { version: "1.0.0" } }),
      faultOf(signed(payloadOf(files, { artifact: "@other/docs" }), [current]), { memory }),
    ]).toEqual(["other-place", "other-place", "other-place", "other-place", "other-artifact"]);
  });

  it("that is older than one seen under any pinned key, or says something else under its sequence", () => {
    const memory = memoryAfter(payloadOf(files, { sequence: 7 }), next);
    const other = payloadOf(files, { sequence: 7, manifest: "0".repeat(64) });
    expect([
      faultOf(signed(payloadOf(files, { sequence: 6 }), [current]), { memory }),
      faultOf(signed(other, [current]), { memory }),
      faultOf(signed(payloadOf(files, { sequence: 8 }), [current]), { memory }),
    ]).toEqual(["rolled-back", "contradicted", "accepted"]);
  });

  it("not because of what a key said that is pinned no more", () => {
    const memory = memoryAfter(payloadOf(files, { sequence: Number.MAX_SAFE_INTEGER }), current);
    const fresh = signed(payloadOf(files, { sequence: 8 }), [next]);
    expect([
      faultOf(fresh, { memory }),
      faultOf(fresh, { memory, keys: [next.pinned, stranger.pinned] }),
    ]).toEqual(["rolled-back", "accepted"]);
  });

  it("from the second it expires", () => {
    const bytes = signed(payloadOf(files), [current]);
    const end = Date.parse("2027-02-01T00:00:00Z");
    expect([faultOf(bytes, { nowMs: end - 1 }), faultOf(bytes, { nowMs: end })]).toEqual([
      "accepted",
      "expired",
    ]);
    const never = signed(payloadOf(files, { expiresAt: "2027-99-99T00:00:00Z" }), [current]);
    expect(faultOf(never)).toBe("expired");
  });

  it("of a newer format, before anything else is looked at", () => {
    expect(faultOf(Buffer.from('{"format":2,"sealed":true}'))).toBe("format-too-new");
  });
});

it("any bytes give a verdict; any changed byte of a signed pointer is refused or changes nothing", () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 400 }), (bytes) => {
      expect(faultOf(bytes)).toBe("malformed");
    }),
  );
  const payload = payloadOf(files);
  const good = signed(payload, [current]);
  fc.assert(
    fc.property(
      fc.nat(good.length - 1),
      fc.integer({ min: 1, max: 255 }),
      (position, difference) => {
        const bytes = Uint8Array.from(good);
        bytes[position] = (bytes[position] ?? 0) ^ difference;
        const verdict = verifyPointer(bytes, expecting());
        if (verdict.outcome === "accepted") expect(verdict.payload).toEqual(payload);
      },
    ),
    { numRuns: 1_000 },
  );
});

it("any value is read as a memory or as none, and a memory as itself", () => {
  fc.assert(
    fc.property(fc.jsonValue(), (value) => {
      const memory = decodePointerMemory(value);
      expect(decodePointerMemory(JSON.parse(JSON.stringify(memory)))).toEqual(memory);
    }),
  );
  const memory = memoryAfter(payloadOf(files));
  expect(decodePointerMemory(JSON.parse(JSON.stringify(memory)))).toEqual(memory);
});

it("takes keys in one form only", () => {
  const [, base64 = ""] = current.pinned.split(":");
  const lengths = [
    current.pinned,
    base64,
    `ed25519:${base64}=`,
    `rsa:${base64}`,
    "ed25519:AAAA",
    "",
  ].map((key) => pointerKeyBytes(key)?.length ?? null);
  expect(lengths).toEqual([32, null, null, null, null, null]);
  expect(() => encodePointer({ payload: payloadOf(files), signatures: [] })).not.toThrow();
});
