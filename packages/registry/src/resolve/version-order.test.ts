import fc from "fast-check";
import { expect, it } from "vitest";
import { compareVersions, highestVersion, isPrerelease, releaseNumbers } from "./version-order.ts";

it("orders versions of semver, PEP 440 and dates", () => {
  const ordered = [
    "latest",
    "1.0.dev1",
    "1.0a1",
    "1.0b2",
    "1.0rc1",
    "1.0",
    "1.0.post1",
    "1.2.0",
    "1.10.0",
    "2.0.0-alpha",
    "2.0.0-alpha.1",
    "2.0.0-beta.2",
    "2.0.0-beta.11",
    "2.0.0-rc.1",
    "2.0.0",
    "v19.1.0",
    "2024-06-20",
    "2025-03-31.basil",
  ];
  expect([...ordered].reverse().sort(compareVersions)).toEqual(ordered);
});

it("knows pre-releases", () => {
  const pre = [
    "2.0.0-beta.1",
    "2.0.0-foo",
    "1.0rc1",
    "1.0.dev3",
    "1.0b1",
    "3.0.0-M1",
    "v1.0.0-next.3",
  ];
  const stable = [
    "2.0.0",
    "1.0.post1",
    "5.6.0.RELEASE",
    "2025-03-31.basil",
    "1.0.0+build-3",
    "18",
    "whatever",
  ];
  expect(pre.filter(isPrerelease)).toEqual(pre);
  expect(stable.filter(isPrerelease)).toEqual([]);
});

it("B7: recommends the highest stable version, not a pre-release of it", () => {
  expect(highestVersion(["2.0.0", "2.0.0-beta.1", "1.10.0"])).toBe("2.0.0");
  expect(highestVersion(["2.0.0-beta.1", "2.0.0-beta.2"])).toBe("2.0.0-beta.2");
  expect(highestVersion([])).toBe(null);
});

it("gives the numbers of a release", () => {
  expect(releaseNumbers("v19.1.0-rc.1")).toEqual([19, 1, 0]);
  expect(releaseNumbers("2024-06-20")).toEqual([2024, 6, 20]);
  expect(releaseNumbers("stable")).toBe(null);
});

it("is a total order for any texts", () => {
  const version = fc.oneof(
    fc.string(),
    fc.stringMatching(/^v?\d{1,3}(\.\d{1,3}){0,3}(-?(alpha|beta|rc|dev|post)\.?\d{0,2})?$/),
  );
  fc.assert(
    fc.property(version, version, version, (a, b, c) => {
      expect(Math.sign(compareVersions(a, b))).toBe(-Math.sign(compareVersions(b, a)) + 0);
      const [low, middle, high] = [a, b, c].sort(compareVersions) as [string, string, string];
      expect(compareVersions(low, high)).toBeLessThanOrEqual(0);
      expect(compareVersions(low, middle)).toBeLessThanOrEqual(0);
      expect(compareVersions(middle, high)).toBeLessThanOrEqual(0);
    }),
  );
});
