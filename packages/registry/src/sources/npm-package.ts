import type RegistryFetch from "npm-registry-fetch";
import { ChubError, isChubError } from "../chub-error.ts";
import type { NpmOptions } from "./npmrc.ts";
import { sourceUrlProblem } from "../config/source-settings.ts";
import { readPieces } from "./npm-body.ts";
import type { NpmLimits } from "./npm-limits.ts";

/** A version of a package that a registry has. */
export interface PublishedVersion {
  readonly version: string;
  readonly tarball: string;
  /** Subresource integrity. */
  readonly integrity: string;
}

export interface PackageRequest {
  /** Of the source, for messages. */
  readonly sourceName: string;
  readonly packageName: string;
  /** Version, range or tag; "" is `latest`. */
  readonly range: string;
  readonly options: NpmOptions;
  /** Default: 10 s without a byte, two minutes in all. */
  readonly limits?: NpmLimits | undefined;
}

/**
 * The version a range or tag means. Asks through npm's own client, so that registries by scope, tokens and
 * proxies work as they do for npm.
 *
 * Errors: ChubError NO_DATA, INTEGRITY when the answer is no package.
 */
export async function findVersion(request: PackageRequest): Promise<PublishedVersion> {
  const { packageName, range, options } = request;
  const path = `/${packageName.replace("/", "%2f")}`;
  const document = objectOf(
    parsed(
      request,
      await bodyOf(request, path, {
        ...options,
        spec: packageName,
        headers: { accept: ABBREVIATED },
      }),
    ),
  );
  const versions = objectOf(document["versions"]);
  const version = await pick(Object.keys(versions), objectOf(document["dist-tags"]), range);
  if (version === null) {
    throw new ChubError(
      "NO_DATA",
      `Package ${packageName} has no version ${range === "" ? "latest" : range}`,
      {
        hint: `Correct source ${request.sourceName} in config.yaml.`,
      },
    );
  }
  const { tarball, integrity, shasum } = objectOf(objectOf(versions[version])["dist"]);
  const digest =
    typeof integrity === "string"
      ? integrity
      : typeof shasum === "string"
        ? `sha1-${Buffer.from(shasum, "hex").toString("base64")}`
        : null;
  if (typeof tarball !== "string" || digest === null)
    throw refused(request, `${version} has no tarball with an integrity`);
  const problem = sourceUrlProblem(tarball);
  if (problem !== null)
    throw refused(request, `the tarball of ${version} is not allowed: ${problem}`);
  return { version, tarball, integrity: digest };
}

/** Bytes of a tarball whose integrity is right. Errors: ChubError NO_DATA, INTEGRITY. */
export async function fetchTarball(
  request: PackageRequest,
  { tarball, integrity }: PublishedVersion,
): Promise<Uint8Array> {
  return bodyOf(request, tarball, { ...request.options, spec: request.packageName, integrity });
}

/** The whole body; what the integrity is of is checked by the client while it is read. */
function bodyOf(
  request: PackageRequest,
  place: string,
  options: RegistryFetch.Options,
): Promise<Uint8Array> {
  const limits = request.limits ?? NPM_LIMITS;
  return ask(request, async (fetch) => {
    const patience = { ...PATIENCE, timeout: limits.idleMs };
    const { body, url } = await fetch(place, { ...options, ...patience });
    const problem = sourceUrlProblem(url);
    if (problem !== null)
      throw refused(request, `it answers from an address that is not allowed: ${problem}`);
    if (body === null) return new Uint8Array();
    // The types of the client name a stream of the web; it is one of Node.
    const read = await readPieces(body as unknown as NodeJS.ReadableStream, {
      ...limits,
      maxBytes: MAX_BYTES,
    });
    if (read === "too-large")
      throw refused(request, `the registry sends more than ${MAX_BYTES} bytes`);
    return read;
  });
}

function parsed(request: PackageRequest, bytes: Uint8Array): unknown {
  try {
    return JSON.parse(Buffer.from(bytes).toString("utf8"));
  } catch {
    throw refused(request, "what the registry says of it is not JSON");
  }
}

async function pick(
  versions: readonly string[],
  tags: Readonly<Record<string, unknown>>,
  range: string,
): Promise<string | null> {
  const tagged = Object.hasOwn(tags, range === "" ? "latest" : range)
    ? tags[range === "" ? "latest" : range]
    : undefined;
  if (typeof tagged === "string") return versions.includes(tagged) ? tagged : null;
  const { default: maxSatisfying } = await import("semver/ranges/max-satisfying.js");
  return maxSatisfying([...versions], range === "" ? "*" : range);
}

async function ask<T>(
  request: PackageRequest,
  question: (fetch: typeof RegistryFetch) => Promise<T>,
): Promise<T> {
  const { default: fetch } = await import("npm-registry-fetch");
  try {
    return await question(fetch);
  } catch (error) {
    if (isChubError(error)) throw error;
    throw failure(request, error);
  }
}

function failure(request: PackageRequest, error: unknown): ChubError {
  // npm's client follows redirects by itself, and throws this for what it cannot follow.
  if (error instanceof TypeError && /^(Only HTTP\(S\) protocols|Invalid URL)/.test(error.message))
    return refused(request, "the registry redirects to an address that is not allowed");
  const { code } = error as { code?: unknown };
  if (typeof code !== "string") throw error;
  if (code === "EINTEGRITY")
    return refused(request, "the bytes of its tarball are not those that were published");
  const hints: Readonly<Record<string, string>> = {
    E401: "Log in to the registry with `npm login`; chub reads your .npmrc.",
    E403: "Log in to the registry with `npm login`; chub reads your .npmrc.",
    E404: `Correct source ${request.sourceName} in config.yaml, or the registry in your .npmrc.`,
  };
  return new ChubError("NO_DATA", `Cannot fetch package ${request.packageName}: ${code}`, {
    hint: hints[code] ?? "Check the network and the registry in your .npmrc.",
    cause: error,
  });
}

function refused({ packageName }: PackageRequest, why: string): ChubError {
  return new ChubError("INTEGRITY", `Refused package ${packageName}: ${why}`, {
    hint: "Nothing of it was kept. Tell whoever publishes it.",
  });
}

function objectOf(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null ? (value as Record<string, unknown>) : {};
}

const ABBREVIATED = "application/vnd.npm.install-v1+json; q=1.0, application/json; q=0.8";
/** Milliseconds; one further attempt. */
const PATIENCE = {
  fetchRetries: 1,
  fetchRetryMintimeout: 200,
  fetchRetryMaxtimeout: 1_000,
  retry: { retries: 1, minTimeout: 200 },
};
const NPM_LIMITS: NpmLimits = { idleMs: 10_000, totalMs: 120_000 };
const MAX_BYTES = 128 * 1024 * 1024;
