import { ChubError, type Catalog } from "@chub/registry";
import { expect, it } from "vitest";
import { keepCatalog } from "./keep-catalog.ts";

/** Sources that are built again when the test says so, and a clock of its own. */
function world() {
  const state = { digest: "one", opened: 0, closed: 0, now: 0, changes: 0, isBroken: false };
  const later: (() => void)[] = [];
  const kept = keepCatalog({
    async open() {
      if (state.isBroken) throw new ChubError("NO_DATA", "gone", { hint: "build it" });
      state.opened += 1;
      const { digest } = state;
      return {
        ...unused(),
        sources: () => [
          {
            name: "s",
            kind: "path" as const,
            location: "/s",
            layout: "chub" as const,
            entries: 1,
            digest,
          },
        ],
        async list() {
          if (digest !== state.digest) throw new ChubError("INTEGRITY", "replaced", { hint: "" });
          return { total: 0, offset: 0, entries: [] };
        },
        async close() {
          state.closed += 1;
        },
      };
    },
    now: () => state.now,
    later: (work) => void later.push(work),
    changed: () => {
      state.changes += 1;
    },
  });
  return { state, kept, runLater: () => later.splice(0).forEach((work) => work()) };
}

function unused(): Pick<Catalog, "search" | "get" | "outline" | "resolve"> {
  const unexpected = () => Promise.reject(new Error("the test did not expect this question"));
  return { search: unexpected, get: unexpected, outline: unexpected, resolve: unexpected };
}

it("opens once, at the first question", async () => {
  const { state, kept } = world();
  expect(state.opened).toBe(0);
  const [first, second] = await Promise.all([kept.current(), kept.current()]);
  expect([state.opened, first === second]).toEqual([1, true]);
});

it("MCP-038 looks again after ten seconds, and gives files back when nothing changed", async () => {
  const { state, kept } = world();
  const first = await kept.current();
  state.now = 9_999;
  await kept.current();
  expect(state.opened).toBe(1);
  state.now = 10_000;
  expect(await kept.current()).toBe(first);
  await kept.refresh();
  expect([state.opened, state.closed, state.changes]).toEqual([2, 1, 0]);
});

it("takes what was built again, tells it once, and closes the old one later", async () => {
  const { state, kept, runLater } = world();
  const first = await kept.current();
  state.digest = "two";
  await kept.refresh();
  const second = await kept.current();
  expect([state.changes, first === second, state.closed]).toEqual([1, false, 0]);
  expect(second.sources()[0]?.digest).toBe("two");
  runLater();
  await Promise.resolve();
  expect(state.closed).toBe(1);
});

it("asks once more when the files under an open catalog were replaced", async () => {
  const { state, kept } = world();
  const catalog = await kept.current();
  state.digest = "two";
  expect(await catalog.list({})).toEqual({ total: 0, offset: 0, entries: [] });
  expect(state.changes).toBe(1);
});

it("does not remember a failure to open, and keeps the open catalog through one", async () => {
  const { state, kept } = world();
  state.isBroken = true;
  await expect(kept.current()).rejects.toMatchObject({ code: "NO_DATA" });
  state.isBroken = false;
  const catalog = await kept.current();
  state.isBroken = true;
  state.now = 20_000;
  expect(await kept.current()).toBe(catalog);
  await expect(kept.refresh()).rejects.toMatchObject({ code: "NO_DATA" });
  expect(await kept.current()).toBe(catalog);
});
