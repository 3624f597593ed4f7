import { objectOf, packagesOf, type ProjectFile, type ProjectPackage } from "./project-package.ts";
import { parseLockedPackages } from "./python-files.ts";

/** Go, Ruby, Rust and PHP. */
export const OTHER_FILES: readonly ProjectFile[] = [
  { name: "go.mod", group: "go", parse: parseGoMod },
  { name: "Gemfile.lock", group: "ruby", parse: parseGemfileLock },
  { name: "Cargo.lock", group: "rust", parse: (text) => parseLockedPackages("cargo", text) },
  { name: "composer.lock", group: "php", parse: parseComposerLock },
];

/** `require` lines, alone or in a block; what is replaced by a folder has no version. Source: https://go.dev/ref/mod#go-mod-file */
function parseGoMod(text: string): readonly ProjectPackage[] {
  const pairs: (readonly [string, string | undefined])[] = [];
  let isRequire = false;
  for (const line of text.split(/\r?\n/)) {
    const code = (line.split("//")[0] ?? "").trim();
    if (/^\w+\s*\($/.test(code)) isRequire = code.startsWith("require");
    else if (code === ")") isRequire = false;
    const match = /^(?:require\s+)?(\S+)\s+(v\d\S*)$/.exec(code);
    if (match !== null && (isRequire || code.startsWith("require")))
      pairs.push([match[1] ?? "", match[2]]);
  }
  return packagesOf("golang", pairs);
}

/** Lines of four spaces below `specs:`; deeper ones are ranges of dependencies. A platform after the version is left out. */
function parseGemfileLock(text: string): readonly ProjectPackage[] {
  return packagesOf(
    "gem",
    [...text.matchAll(/^ {4}(\S+) \((\d[0-9A-Za-z.]*)(?:-[^)]*)?\)$/gm)].map(
      ([, name = "", version]) => [name, version] as const,
    ),
  );
}

function parseComposerLock(text: string): readonly ProjectPackage[] {
  const lock = objectOf(JSON.parse(text));
  const packages = ["packages-dev", "packages"].flatMap((key): unknown[] => {
    const list = lock[key];
    return Array.isArray(list) ? list : [];
  });
  return packagesOf(
    "composer",
    packages.flatMap((value) => {
      const { name, version } = objectOf(value);
      return typeof name === "string" && typeof version === "string"
        ? [[name, version.replace(/^v(?=\d)/, "")] as const]
        : [];
    }),
  );
}
