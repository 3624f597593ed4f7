import { expect, it } from "vitest";
import { watchResources } from "./watched-resources.ts";

it("keeps the newest thousand, each once", () => {
  const watched = watchResources();
  for (let index = 0; index < 1500; index += 1) watched.add(`chub://doc/a/${index}`);
  watched.add("chub://doc/a/500");
  const all = watched.all();
  expect([all.length, new Set(all).size, all[0], all.at(-1)]).toEqual([
    1000,
    1000,
    "chub://doc/a/501",
    "chub://doc/a/500",
  ]);
});
