import { expect, it } from "vitest";
import { FailureError } from "../failure.ts";
import { addressOf, parseDocumentUri } from "./document-uri.ts";

it.each([
  ["chub://doc/stripe/api", { address: "stripe/api" }],
  [
    "chub://doc/stripe/api?lang=js&version=19",
    { address: "stripe/api", language: "js", version: "19" },
  ],
  ["chub://doc/stripe/api?source=corp#webhooks", { address: "corp:stripe/api#webhooks" }],
  ["chub://doc/stripe/api#a%20b", { address: "stripe/api#a b" }],
])("%s", (uri, expected) => {
  expect(parseDocumentUri(uri)).toEqual(expected);
  expect(addressOf(uri)).toEqual(expected);
});

it.each([
  "chub://doc/stripe",
  "chub://doc/a/b/c",
  "chub://doc/%zz/b",
  "chub://registry",
  "http://doc/a/b",
  "chub://doc/a/b#%",
  "",
])("refuses %j", (uri) => {
  expect(() => parseDocumentUri(uri)).toThrow(FailureError);
});

it("leaves addresses as they are", () => {
  expect(addressOf(" stripe/api@19#webhooks ")).toEqual({ address: "stripe/api@19#webhooks" });
});
