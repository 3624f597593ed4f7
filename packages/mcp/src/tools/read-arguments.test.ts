import { describe, expect, it } from "vitest";
import { FailureError } from "../failure.ts";
import { getTool } from "./get.ts";
import { readArguments } from "./read-arguments.ts";
import { searchTool } from "./search.ts";

function failure(read: () => unknown) {
  try {
    read();
  } catch (error) {
    if (error instanceof FailureError) return error.failure;
    throw error;
  }
  return null;
}

describe("names", () => {
  it.each([
    ["q", "query"],
    ["Query", "query"],
    ["search_query", "query"],
    ["language", "lang"],
    ["maxResults", "limit"],
    ["max-results", "limit"],
    ["top_k", "limit"],
  ])("takes %s for %s", (given, meant) => {
    const args = readArguments(searchTool, { [given]: meant === "limit" ? 7 : "x" });
    expect(meant === "limit" ? args.integer(meant) : args.text(meant)).toBe(
      meant === "limit" ? 7 : "x",
    );
  });

  it("lets the right name win over an invented one, in either order", () => {
    expect(readArguments(searchTool, { query: "right", q: "wrong" }).text("query")).toBe("right");
    expect(readArguments(searchTool, { q: "wrong", query: "right" }).text("query")).toBe("right");
  });

  it.each(["__proto__x", "constructor", "hasOwnProperty", "", "x".repeat(100_000)])(
    "refuses the unknown name %#",
    (name) => {
      expect(failure(() => readArguments(searchTool, { [name]: 1 }))).toMatchObject({
        code: "USAGE",
        alternatives: [
          "query",
          "tags",
          "lang",
          "type",
          "author",
          "tier",
          "source",
          "limit",
          "offset",
        ],
      });
    },
  );
});

describe("values", () => {
  it("takes numbers and booleans as text, and lists for text", () => {
    const args = readArguments(getTool, {
      id: "a/b",
      maxTokens: "500",
      full: "true",
      file: ["a.md", "b.md"],
      section: ["One, two", "three"],
    });
    expect([
      args.integer("maxTokens"),
      args.flag("full"),
      args.list("file"),
      args.lines("section"),
    ]).toEqual([500, true, ["a.md", "b.md"], ["One, two", "three"]]);
  });

  it.each([
    [{ id: "a/b", maxTokens: 0 }, "Unexpected maxTokens '0', expected an integer from 1 to 20000"],
    [
      { id: "a/b", maxTokens: 1.5 },
      "Unexpected maxTokens '1.5', expected an integer from 1 to 20000",
    ],
    [{ id: "a/b", full: "yes" }, "Unexpected full '\"yes\"', expected true or false"],
    [{ id: { a: 1 } }, "Unexpected id an object, expected text"],
    [{ id: "x".repeat(501) }, "id has 501 characters, at most 500 are read"],
    [{}, "chub_get needs the argument id"],
    [{ id: "" }, "chub_get needs the argument id"],
    [[], "Unexpected arguments of chub_get, expected an object"],
    ["a/b", "Unexpected arguments of chub_get, expected an object"],
  ])("refuses %j", (raw, message) => {
    expect(failure(() => readArguments(getTool, raw))).toMatchObject({ code: "USAGE", message });
  });

  it("takes null and nothing for not given", () => {
    expect(readArguments(searchTool, { query: null }).text("query")).toBeUndefined();
    expect(readArguments(searchTool, undefined).text("query")).toBeUndefined();
  });
});
