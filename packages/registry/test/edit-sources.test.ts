import { expect, it } from "vitest";
import { addSource, removeSource } from "../src/index.ts";
import { codeOf } from "./source-contract.ts";

const path = "/home/ada/.chub/config.yaml";
const acme = { name: "acme", url: "https://docs.example.com/v1", token_env: "ACME_TOKEN" };

it("adds a source to no file, and keeps what was read without one", async () => {
  expect(await addSource({ path, text: "" }, acme)).toBe(
    'sources:\n  - name: default\n    npm: "@chub/content"\n  - name: acme\n    url: https://docs.example.com/v1\n    token_env: ACME_TOKEN\n',
  );
  expect(await addSource({ path, text: "cdn_url: https://cdn.example.com/v1\n" }, acme)).toBe(
    "cdn_url: https://cdn.example.com/v1\nsources:\n  - name: default\n    url: https://cdn.example.com/v1\n  - name: acme\n    url: https://docs.example.com/v1\n    token_env: ACME_TOKEN\n",
  );
});

it("keeps comments and other keys, and takes back what it added", async () => {
  const text =
    "# ours\noutput_format: json # for scripts\nsources:\n  # the first\n  - name: one\n    path: ../docs\n";
  const added = await addSource({ path, text }, acme);
  expect(added).toBe(
    `${text}  - name: acme\n    url: https://docs.example.com/v1\n    token_env: ACME_TOKEN\n`,
  );
  expect(await removeSource({ path, text: added }, "acme")).toBe(text);
  expect(await removeSource({ path, text: "sources:\n  - name: one\n    path: x\n" }, "one")).toBe(
    "",
  );
});

it.each([
  ["a name that is taken", "USAGE", "sources:\n  - name: acme\n    path: x\n", acme],
  ["http outside this machine", "CONFIG", "", { name: "acme", url: "http://example.com" }],
  ["two places", "CONFIG", "", { name: "acme", url: "https://example.com", path: "x" }],
  ["a name outside the grammar", "CONFIG", "", { name: "../acme", path: "x" }],
  ["a broken file", "CONFIG", "sources: [", acme],
  ["an unknown key", "CONFIG", "surces: []\n", acme],
])("refuses %s", async (_, code, text, source) => {
  expect(await codeOf(addSource({ path, text }, source))).toBe(code);
});

it("says which sources there are", async () => {
  const text = "sources:\n  - name: one\n    path: x\n";
  expect(await codeOf(removeSource({ path, text }, "two"))).toBe("NOT_FOUND");
  await expect(removeSource({ path, text }, "two")).rejects.toMatchObject({
    hint: "Its sources: one",
  });
});
