import fc from "fast-check";
import { compareBuild } from "semver";
import { expect, it } from "vitest";
import { compareVersions, isPrerelease } from "./version-order.ts";

it("orders versions of every form people write", () => {
  const ordered = [
    "latest",
    "0.9",
    "1.0.0.dev3",
    "1.0a1",
    "1.0.0-alpha.2",
    "1.0b1",
    "1.0.0-beta.2",
    "1.0.0-beta.11",
    "1.0rc1",
    "1.0.0",
    "1.0.post1",
    "v1.2",
    "1.10",
    "2",
    "19.1.0",
    "2024-09-30",
    "2024-10-01-preview",
    "2024-10-01",
    "20241201",
    "1!0.1",
  ];
  expect([...ordered].reverse().sort(compareVersions)).toEqual(ordered);
});

it("knows pre-releases", () => {
  const versions = ["2.0.0-beta.1", "3.0rc1", "1.0.dev1", "2024-10-01-preview", "latest", "1.0", "v2", "1.0.post1", "2024-10-01", "1.0.0+build.5"];
  expect(versions.map((version) => [version, isPrerelease(version)])).toEqual([
    ["2.0.0-beta.1", true],
    ["3.0rc1", true],
    ["1.0.dev1", true],
    ["2024-10-01-preview", true],
    ["latest", true],
    ["1.0", false],
    ["v2", false],
    ["1.0.post1", false],
    ["2024-10-01", false],
    ["1.0.0+build.5", false],
  ]);
});

const number = fc.nat({ max: 30 });
const semver = fc
  .tuple(number, number, number, fc.option(fc.tuple(fc.constantFrom("alpha", "beta", "rc"), number)))
  .map(([major, minor, patch, pre]) => `${major}.${minor}.${patch}${pre === null ? "" : `-${pre[0]}.${pre[1]}`}`);

it("agrees with semver", () => {
  fc.assert(fc.property(semver, semver, (a, b) => Math.sign(compareVersions(a, b)) === compareBuild(a, b)));
});

it("is a total order", () => {
  const version = fc.oneof(semver, fc.stringMatching(/^[v0-9][0-9.a-c!+-]{0,8}$/), fc.string({ maxLength: 6 }));
  fc.assert(
    fc.property(version, version, version, (a, b, c) => {
      expect(Math.sign(compareVersions(a, b)) + Math.sign(compareVersions(b, a))).toBe(0);
      expect(compareVersions(a, b) === 0).toBe(a === b);
      if (compareVersions(a, b) <= 0 && compareVersions(b, c) <= 0) expect(compareVersions(a, c)).toBeLessThanOrEqual(0);
    }),
  );
});
