import manifest from "../../package.json" with { type: "json" };

/** Version of this package, from its package.json. */
export function compilerVersion(): string {
  return manifest.version;
}
