/** The parts of a package URL that chub uses. */
export interface PackageUrl {
  /** Ecosystem, e.g. `npm`, `pypi`. */
  readonly type: string;
  /** With its namespace, as the ecosystem writes it: `@slack/web-api`. */
  readonly name: string;
  readonly version?: string;
}

/**
 * `pkg:type/namespace/name@version`, without qualifiers and subpath; null when it is not one.
 *
 * Source: https://github.com/package-url/purl-spec
 */
export function parsePackageUrl(url: string): PackageUrl | null {
  const match = PURL.exec(url);
  if (match === null) return null;
  const [, type = "", path = "", version] = match;
  const name = decode(path);
  const decoded = version === undefined ? undefined : decode(version);
  if (name === null || decoded === null) return null;
  return {
    type: type.toLowerCase(),
    name,
    ...(decoded === undefined ? {} : { version: decoded }),
  };
}

/** The package URL without version, the key under which a project's versions are known. */
export function packageKey({ type, name }: Pick<PackageUrl, "type" | "name">): string {
  return `pkg:${type}/${normalisedName(type, name)}`;
}

/** Names are compared as the ecosystem compares them: PyPI treats `-`, `_`, `.` and case as one (PEP 503). */
function normalisedName(type: string, name: string): string {
  if (type === "pypi") return name.toLowerCase().replace(/[-_.]+/g, "-");
  return type === "npm" || type === "composer" ? name.toLowerCase() : name;
}

function decode(text: string): string | null {
  try {
    return decodeURIComponent(text);
  } catch {
    return null;
  }
}

const PURL = /^pkg:([A-Za-z][A-Za-z0-9.+-]*)\/([^@?#]+)(?:@([^?#]+))?(?:\?[^#]*)?(?:#.*)?$/;
