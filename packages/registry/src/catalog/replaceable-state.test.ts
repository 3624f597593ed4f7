import fc from "fast-check";
import { expect, it } from "vitest";
import { replaceableState } from "./replaceable-state.ts";

interface Opened {
  readonly number: number;
  closed: number;
}

function counted() {
  const opened: Opened[] = [{ number: 0, closed: 0 }];
  const held = replaceableState(opened[0]!, {
    async open() {
      await Promise.resolve();
      const state = { number: opened.length, closed: 0 };
      opened.push(state);
      return state;
    },
    async close(state) {
      state.closed += 1;
    },
  });
  return { opened, held };
}

it("closes a state once, after its last question", async () => {
  const { opened, held } = counted();
  let finish = (): void => undefined;
  const question = held.use(
    (state) => new Promise<number>((done) => (finish = () => done(state.number))),
  );
  await Promise.resolve();
  await held.replace();
  expect(opened.map(({ closed }) => closed)).toEqual([0, 0]);
  finish();
  expect(await question).toBe(0);
  expect(opened.map(({ closed }) => closed)).toEqual([1, 0]);
  await held.close();
  expect(opened.map(({ closed }) => closed)).toEqual([1, 1]);
});

it("opens once for all who found the same state out of date", async () => {
  const { opened, held } = counted();
  const seen = held.current();
  await Promise.all(Array.from({ length: 20 }, () => held.replace(seen)));
  expect(opened.length).toBe(2);
});

it("stays with what it has when the next cannot be opened, and is not opened again after the end", async () => {
  let attempts = 0;
  const held = replaceableState("first", {
    async open() {
      attempts += 1;
      throw new Error("cannot be opened");
    },
    close: async () => undefined,
  });
  await expect(held.replace()).rejects.toThrow("cannot be opened");
  expect(await held.use(async (state) => state)).toBe("first");
  await held.close();
  await held.replace();
  expect(attempts).toBe(1);
});

it("whatever order questions and replacements come in, nothing is read after it is closed", async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.scheduler(),
      fc.array(fc.constantFrom("ask", "replace"), { maxLength: 12 }),
      async (scheduler, steps) => {
        const { opened, held } = counted();
        const running = steps.map((step) =>
          step === "replace"
            ? scheduler.schedule(Promise.resolve()).then(() => held.replace())
            : scheduler.schedule(Promise.resolve()).then(() =>
                held.use(async (state) => {
                  await scheduler.schedule(Promise.resolve());
                  expect(state.closed).toBe(0);
                }),
              ),
        );
        await scheduler.waitAll();
        await Promise.all(running);
        await held.close();
        expect(opened.map(({ closed }) => closed)).toEqual(opened.map(() => 1));
      },
    ),
  );
});
