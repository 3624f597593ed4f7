import { randomBytes } from "node:crypto";
import { existsSync, mkdirSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { ChubError } from "@chub/registry";
import type { NpmRegistry } from "./npm-registry.ts";
import { unpack } from "./unpack.ts";

/** A program of npm that checks code, pinned: these bytes and no others. */
export interface PinnedTool {
  readonly name: string;
  readonly version: string;
  /** Subresource integrity of its tarball. */
  readonly integrity: string;
  /** Files of it that are needed. */
  readonly needs: RegExp;
}

/**
 * Folder of a tool, fetched when it is not in the store.
 *
 * It is no dependency of this package, because it is larger than all the rest and only this needs it. Its integrity is
 * a constant, so that what runs is what was tested, wherever the registry is.
 * **Errors**: ChubError NO_DATA when it is not there and the registry cannot be reached, INTEGRITY.
 */
export async function openTool(
  tool: PinnedTool,
  { folder, registry }: { folder: string; registry: NpmRegistry },
): Promise<string> {
  const { name, version, integrity } = tool;
  const digest = Buffer.from(integrity.replace(/^sha512-/, ""), "base64").toString("hex");
  const place = join(folder, "tools", `${name}-${version}-${digest.slice(0, 16)}`);
  if (existsSync(place)) return place;
  const manifest = await registry.manifest(name, version);
  if (manifest === null)
    throw new ChubError("NO_DATA", `The npm registry does not have ${name}@${version}`, {
      hint: "It is needed to check types; let your registry serve it.",
    });
  const members = await unpack(await registry.tarball({ ...manifest, integrity }));
  const temporary = `${place}.${process.pid}-${randomBytes(4).toString("hex")}`;
  for (const [path, bytes] of members) {
    if (!tool.needs.test(path)) continue;
    const target = join(temporary, path);
    mkdirSync(join(target, ".."), { recursive: true });
    writeFileSync(target, bytes);
  }
  putInPlace(temporary, place);
  return place;
}

/** Another process may have been faster: what it wrote is the same. */
function putInPlace(temporary: string, place: string): void {
  try {
    renameSync(temporary, place);
  } catch (error) {
    rmSync(temporary, { recursive: true, force: true });
    if (!existsSync(place)) throw error;
  }
}

/** The last TypeScript with an API; version 7 has none that is stable. */
export const TYPESCRIPT: PinnedTool = {
  name: "typescript",
  version: "6.0.3",
  integrity:
    "sha512-y2TvuxSZPDyQakkFRPZHKFm+KKVqIisdg9/CZwm9ftvKXLP8NRWj38/ODjNbr43SsoXqNuAisEf1GdCxqWcdBw==",
  needs:
    /^(?:package\.json|LICENSE\.txt|ThirdPartyNoticeText\.txt|lib\/typescript\.js|lib\/lib\..*\.d\.ts)$/,
};

/** Types of Node for every program: blocks run there unless a package says otherwise. */
export const NODE_TYPES = { name: "@types/node", version: "24.19.2" } as const;
