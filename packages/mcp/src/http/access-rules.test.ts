import { expect, it } from "vitest";
import { accessRules, checkAccess, isLoopback } from "./access-rules.ts";
import { refusalOf } from "./check-request.ts";

const LOCAL = {
  host: "127.0.0.1",
  port: 3920,
  allowedHosts: [],
  allowedOrigins: [],
  token: undefined,
};
const TOKEN = "0123456789abcdef";

it("answers on loopback to its own names with its port", () => {
  expect(accessRules(LOCAL)).toEqual({
    hosts: ["127.0.0.1:3920", "localhost:3920", "[::1]:3920"],
    origins: ["http://127.0.0.1:3920", "http://localhost:3920", "http://[::1]:3920"],
  });
});

it("HTTP-016 opens to the network only with a list of hosts and a token", () => {
  const open = { ...LOCAL, host: "0.0.0.0" };
  expect(() => checkAccess(open)).toThrow(expect.objectContaining({ code: "USAGE" }));
  expect(() => checkAccess({ ...open, token: TOKEN })).toThrow(
    expect.objectContaining({ code: "USAGE" }),
  );
  expect(() => checkAccess({ ...open, allowedHosts: ["docs.example.com"] })).toThrow(
    expect.objectContaining({ code: "USAGE" }),
  );
  checkAccess({ ...open, allowedHosts: ["docs.example.com"], token: TOKEN });
  expect(accessRules({ ...open, allowedHosts: ["Docs.example.com:8080"], token: TOKEN })).toEqual({
    hosts: ["docs.example.com:8080"],
    origins: [],
    token: TOKEN,
  });
});

it.each([
  { allowedHosts: ["https://docs.example.com"] },
  { allowedHosts: ["*"] },
  { allowedOrigins: ["docs.example.com"] },
  { allowedOrigins: ["https://docs.example.com/"] },
  { allowedOrigins: ["null"] },
  { token: "short" },
  { token: "a token with spaces in it" },
])("refuses settings that cannot work: %j", (settings) => {
  expect(() => checkAccess({ ...LOCAL, ...settings })).toThrow(
    expect.objectContaining({ code: "USAGE" }),
  );
});

it("knows loopback addresses", () => {
  expect(["127.0.0.1", "127.8.9.1", "::1", "localhost"].map(isLoopback)).toEqual([
    true,
    true,
    true,
    true,
  ]);
  expect(["0.0.0.0", "::", "127.0.0.1.evil.test", "10.0.0.1", ""].map(isLoopback)).toEqual([
    false,
    false,
    false,
    false,
    false,
  ]);
});

it("compares whole values", () => {
  const rules = { hosts: ["localhost:1"], origins: ["http://localhost:1"], token: TOKEN };
  const head = { host: "localhost:1", origin: undefined, authorization: `Bearer ${TOKEN}` };
  expect(refusalOf(head, rules)).toBeNull();
  expect(refusalOf({ ...head, host: undefined }, rules)?.status).toBe(403);
  expect(refusalOf({ ...head, host: "localhost:12" }, rules)?.status).toBe(403);
  expect(refusalOf({ ...head, origin: "null" }, rules)?.status).toBe(403);
  expect(refusalOf({ ...head, origin: "http://localhost:1.evil.test" }, rules)?.status).toBe(403);
  expect(refusalOf({ ...head, authorization: undefined }, rules)?.status).toBe(401);
  expect(refusalOf({ ...head, authorization: `Bearer ${TOKEN}0` }, rules)?.status).toBe(401);
});
