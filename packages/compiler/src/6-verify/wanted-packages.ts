import { parsePackageUrl } from "@chub/registry";
import type { WantedPackage } from "./types/environment.ts";

/** The npm packages with a version in a list of package URLs, in order. */
export function npmPackages(packages: readonly string[]): readonly WantedPackage[] {
  return packages.flatMap((url) => {
    const parsed = parsePackageUrl(url);
    return parsed?.type === "npm" && parsed.version !== undefined
      ? [{ name: parsed.name, version: parsed.version }]
      : [];
  });
}

/** Package URL of an npm package. */
export function npmPackageUrl({ name, version }: WantedPackage): string {
  return `pkg:npm/${name.replace(/^@/, "%40")}@${version}`;
}

/** Name under which the lock of some packages is kept. */
export function lockName(wanted: readonly WantedPackage[]): string {
  return wanted
    .map(({ name, version }) => `${name}@${version}`)
    .sort()
    .join(" ");
}

/** A package in an install command of npm, pnpm, yarn or bun. */
export interface NpmInstall {
  readonly name: string;
  /** Only when the command names an exact one. */
  readonly version?: string;
}

/** Packages that install commands name, in order, each once. */
export function npmInstalls(code: readonly string[]): readonly NpmInstall[] {
  const found = new Map<string, NpmInstall>();
  for (const text of code) {
    for (const [, rest = ""] of text.matchAll(COMMAND)) {
      for (const word of rest
        .replaceAll(/\\\r?\n/g, " ")
        .trim()
        .split(/\s+/)) {
        const install = installOf(word);
        if (install !== null && !found.has(install.name)) found.set(install.name, install);
      }
    }
  }
  return [...found.values()];
}

function installOf(word: string): NpmInstall | null {
  const match = SPEC.exec(word.replace(/^["']|["']$/g, ""));
  if (match === null) return null;
  const [, name = "", range] = match;
  const exact = range !== undefined && EXACT.test(range) ? range.replace(/^v/, "") : undefined;
  return { name, ...(exact !== undefined && { version: exact }) };
}

const COMMAND = /\b(?:npm|pnpm|yarn|bun)[ \t]+(?:install|add|i)[ \t]+((?:\\\r?\n|[^\n;|&#])*)/g;
const SPEC = /^((?:@[a-z0-9~-][\w.~-]*\/)?[a-z0-9~][\w.~-]*)(?:@([\w.^~<>=*-]+))?$/i;
const EXACT = /^v?\d+\.\d+\.\d+(?:-[\w.-]+)?$/;
