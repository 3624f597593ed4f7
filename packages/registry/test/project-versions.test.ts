import { rmSync } from "node:fs";
import { join } from "node:path";
import { afterEach, expect, it } from "vitest";
import { projectVersions } from "../src/index.ts";
import { writeTree } from "./fixture-artifact.ts";

const roots: string[] = [];
afterEach(() => {
  for (const root of roots.splice(0)) rmSync(root, { recursive: true });
});

async function versionsOf(
  files: Readonly<Record<string, string>>,
  folder = "",
): Promise<Record<string, string>> {
  const root = writeTree(new Map(Object.entries({ ".git/HEAD": "", ...files })));
  roots.push(root);
  const { versions, problems } = await projectVersions(join(root, folder));
  expect(problems).toEqual([]);
  return Object.fromEntries(versions);
}

it("reads package-lock.json, the copy nearest to the folder", async () => {
  const lock = JSON.stringify({
    lockfileVersion: 3,
    packages: {
      "": { dependencies: { stripe: "^19" } },
      "node_modules/stripe": { version: "19.1.0" },
      "node_modules/@slack/web-api": { version: "7.0.4" },
      "node_modules/a/node_modules/stripe": { version: "1.0.0" },
      "packages/app/node_modules/stripe": { version: "18.0.0" },
    },
  });
  const files = { "package-lock.json": lock, "packages/app/package.json": "{}" };
  expect(await versionsOf(files)).toEqual({
    "pkg:npm/@slack/web-api": "7.0.4",
    "pkg:npm/stripe": "19.1.0",
  });
  expect(await versionsOf(files, "packages/app")).toMatchObject({ "pkg:npm/stripe": "18.0.0" });
  expect(
    await versionsOf({
      "package-lock.json": '{"lockfileVersion":1,"dependencies":{"redis":{"version":"5.0.1"}}}',
    }),
  ).toEqual({ "pkg:npm/redis": "5.0.1" });
});

it("reads pnpm-lock.yaml of every version", async () => {
  const lock = `lockfileVersion: '9.0'
importers:
  .:
    dependencies:
      stripe:
        specifier: ^19.0.0
        version: 19.1.0(@types/node@20.1.0)
  packages/app:
    devDependencies:
      zod:
        specifier: ^4
        version: 4.1.2
      local:
        specifier: workspace:*
        version: link:../local
packages:
  broken: [
`;
  expect(await versionsOf({ "pnpm-lock.yaml": lock })).toEqual({ "pkg:npm/stripe": "19.1.0" });
  expect(
    await versionsOf({ "pnpm-lock.yaml": lock, "packages/app/src/x.ts": "" }, "packages/app/src"),
  ).toEqual({ "pkg:npm/zod": "4.1.2" });
  expect(
    await versionsOf({
      "pnpm-lock.yaml": "lockfileVersion: 5.4\ndependencies:\n  redis: 4.6.7_peer@1\n",
    }),
  ).toEqual({ "pkg:npm/redis": "4.6.7" });
});

it("reads both forms of yarn.lock, bun.lock and package.json", async () => {
  const classic =
    '# yarn lockfile v1\n\n"@slack/web-api@^7.0.0":\n  version "7.0.4"\n  resolved "x"\n\nstripe@^18.0.0, stripe@^19.0.0:\n  version "19.1.0"\n  dependencies:\n    qs "^6"\n\nstripe@^1:\n  version "1.2.3"\n';
  const berry =
    '__metadata:\n  version: 8\n\n"stripe@npm:^19.0.0":\n  version: 19.1.0\n  resolution: "stripe@npm:19.1.0"\n\n"app@workspace:.":\n  version: 0.0.0-use.local\n';
  const bun =
    '{\n  "lockfileVersion": 1,\n  "packages": {\n    "stripe": ["stripe@19.1.0", "", {}, "sha512-,}"],\n    "@slack/web-api": ["@slack/web-api@7.0.4", "",],\n    "a/stripe": ["stripe@1.0.0", ""],\n  },\n}\n';
  expect(await versionsOf({ "yarn.lock": classic })).toEqual({
    "pkg:npm/@slack/web-api": "7.0.4",
    "pkg:npm/stripe": "19.1.0",
  });
  expect(await versionsOf({ "yarn.lock": berry })).toEqual({ "pkg:npm/stripe": "19.1.0" });
  expect(await versionsOf({ "bun.lock": bun })).toEqual({
    "pkg:npm/@slack/web-api": "7.0.4",
    "pkg:npm/stripe": "19.1.0",
  });
  const manifest =
    '{"dependencies":{"stripe":"^19.1.0","any":"*","git":"git+ssh://x"},"devDependencies":{"zod":"4.x"}}';
  expect(await versionsOf({ "package.json": manifest })).toEqual({
    "pkg:npm/stripe": "19.1.0",
    "pkg:npm/zod": "4.0.0",
  });
});

it("reads Python's files; names are compared as PyPI does", async () => {
  const toml =
    '[[package]]\nname = "Slack_SDK"\nversion = "3.27.0"\n\n[[package]]\nname = "stripe"\nversion = "13.0.1"\n';
  const expected = { "pkg:pypi/slack-sdk": "3.27.0", "pkg:pypi/stripe": "13.0.1" };
  expect(await versionsOf({ "poetry.lock": toml })).toEqual(expected);
  expect(await versionsOf({ "uv.lock": toml })).toEqual(expected);
  expect(
    await versionsOf({
      "Pipfile.lock":
        '{"default":{"slack-sdk":{"version":"==3.27.0"},"stripe":{"version":"==13.0.1"}},"develop":{"local":{"path":"."}}}',
    }),
  ).toEqual(expected);
  const requirements =
    "# comment\n-r other.txt\nslack_sdk[async] == 3.27.0 ; python_version > '3.8'\nstripe>=13.0.1,<14\nrequests\n";
  expect(await versionsOf({ "requirements.txt": requirements })).toEqual(expected);
  const pyproject = '[project]\ndependencies = ["slack-sdk==3.27.0", "stripe~=13.0.1"]\n';
  expect(await versionsOf({ "pyproject.toml": pyproject })).toEqual(expected);
  expect(
    await versionsOf({
      "pyproject.toml":
        '[tool.poetry.dependencies]\npython = "^3.9"\nstripe = "^13.0.1"\nslack-sdk = {version = "3.27.0"}\n',
    }),
  ).toEqual(expected);
});

it("reads go.mod, Gemfile.lock, Cargo.lock and composer.lock", async () => {
  const files = {
    "go.mod":
      "module example.com/app\n\ngo 1.22\n\nrequire github.com/redis/go-redis/v9 v9.5.1\n\nrequire (\n\tgithub.com/stripe/stripe-go/v82 v82.0.0 // indirect\n)\n\nreplace (\n\texample.com/x v1.0.0 => ../x\n)\n",
    "Gemfile.lock":
      "GEM\n  remote: https://rubygems.org/\n  specs:\n    nokogiri (1.16.0-x86_64-linux)\n      racc (~> 1.4)\n    stripe (13.0.0)\n\nDEPENDENCIES\n  stripe (~> 13.0)\n",
    "Cargo.lock":
      '[[package]]\nname = "serde"\nversion = "1.0.200"\n\n[[package]]\nname = "serde"\nversion = "0.9.1"\n',
    "composer.lock":
      '{"packages":[{"name":"stripe/stripe-php","version":"v16.0.0"}],"packages-dev":[]}',
  };
  expect(await versionsOf(files)).toEqual({
    "pkg:cargo/serde": "1.0.200",
    "pkg:composer/stripe/stripe-php": "16.0.0",
    "pkg:gem/nokogiri": "1.16.0",
    "pkg:gem/stripe": "13.0.0",
    "pkg:golang/github.com/redis/go-redis/v9": "v9.5.1",
    "pkg:golang/github.com/stripe/stripe-go/v82": "v82.0.0",
  });
});

it("prefers the lockfile to the manifest, looks upward, and stops at the top of the repository", async () => {
  const root = writeTree(
    new Map(
      Object.entries({
        "package-lock.json": '{"dependencies":{"outside":{"version":"1.0.0"}}}',
        "repo/.git/HEAD": "",
        "repo/yarn.lock": 'stripe@^19:\n  version "19.3.0"\n',
        "repo/app/package.json": '{"dependencies":{"stripe":"^19.0.0","zod":"^4.0.0"}}',
      }),
    ),
  );
  roots.push(root);
  const found = await projectVersions(join(root, "repo/app"));
  expect(found.packages).toEqual([
    {
      type: "npm",
      name: "stripe",
      version: "19.3.0",
      exact: true,
      key: "pkg:npm/stripe",
      file: join(root, "repo/yarn.lock"),
    },
    {
      type: "npm",
      name: "zod",
      version: "4.0.0",
      exact: false,
      key: "pkg:npm/zod",
      file: join(root, "repo/app/package.json"),
    },
  ]);
});

it("names a file it cannot read, and goes on", async () => {
  const root = writeTree(
    new Map(
      Object.entries({
        ".git/HEAD": "",
        "package-lock.json": "{broken",
        "go.mod": "require a.b/c v1.0.0\n",
      }),
    ),
  );
  roots.push(root);
  const found = await projectVersions(root);
  expect(Object.fromEntries(found.versions)).toEqual({ "pkg:golang/a.b/c": "v1.0.0" });
  expect(found.problems).toEqual([expect.stringContaining(join(root, "package-lock.json"))]);
});
