import { expect, it } from "vitest";
import { parseCommandLine } from "./command-line.ts";

it("speaks stdio without options, HTTP on loopback with one", () => {
  expect(parseCommandLine([])).toEqual({ mode: "stdio", readOnly: false });
  expect(parseCommandLine(["--read-only"])).toEqual({ mode: "stdio", readOnly: true });
  expect(parseCommandLine(["--http"])).toEqual({
    mode: "http",
    host: "127.0.0.1",
    port: 3920,
    allowedHosts: [],
    allowedOrigins: [],
  });
  expect(
    parseCommandLine([
      "--http",
      "--port",
      "0",
      "--allow-host",
      "a",
      "--allow-host",
      "b",
      "--allow-origin",
      "https://c",
    ]),
  ).toEqual({
    mode: "http",
    host: "127.0.0.1",
    port: 0,
    allowedHosts: ["a", "b"],
    allowedOrigins: ["https://c"],
  });
  expect([parseCommandLine(["-h"]), parseCommandLine(["--version"])]).toEqual([
    { mode: "help" },
    { mode: "version" },
  ]);
});

it.each([
  ["--port", "1"],
  ["--http", "--port", "65536"],
  ["--http", "--port", "x"],
  ["--htpp"],
  ["serve"],
  ["--http", "--host"],
])("refuses %j %j %j", (...argv) => {
  expect(() => parseCommandLine(argv)).toThrow(expect.objectContaining({ code: "USAGE" }));
});
