import { randomBytes } from "node:crypto";
import { mkdirSync, readdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { byCodeUnit } from "@chub/registry";
import type { PassResult, Reads } from "../file-memory.ts";
import { openPack, type PackFile } from "./pack-file.ts";
import type { PackEntry } from "./pack-format.ts";
import { type PackWriter, writePack } from "./pack-writer.ts";

/** A remembered result. */
export interface Remembered {
  readonly reads: Reads;
  /** Versions of what made it. */
  readonly components: Readonly<Record<string, string>>;
  readonly sha256: string;
  /** Its slices; null when the bytes are damaged. Marks it as used. */
  slices(): readonly Uint8Array[] | null;
}

/** The pack files of one pass in a folder. Several processes may use the folder at once: each adds files of its own. */
export interface PackFolder {
  /** What is remembered of a path, the latest first. */
  find(path: string): readonly Remembered[];
  add(key: { readonly path: string; readonly sha256: string }, result: PassResult): void;
  /** Writes what was added; joins the files and drops what nobody used when there is too much of it. */
  save(): void;
  close(): void;
}

export interface PackFolderOptions {
  readonly folder: string;
  /** Start of the names of its files. */
  readonly name: string;
  readonly components: Readonly<Record<string, string>>;
  /** Bytes to keep at most. */
  readonly limit: number;
  /** Called with the path of a file that cannot be read. */
  readonly onDamage: (path: string) => void;
}

interface Stored {
  readonly pack: PackFile;
  readonly entry: PackEntry;
}

export function openPackFolder(options: PackFolderOptions): PackFolder {
  const packs = openAll(options);
  const byPath = new Map<string, Stored[]>();
  for (const pack of packs)
    for (const entry of pack.entries) {
      const known = byPath.get(entry.path);
      if (known === undefined) byPath.set(entry.path, [{ pack, entry }]);
      else known.unshift({ pack, entry });
    }
  const used = new Set<PackEntry>();
  let writer: PackWriter | null = null;
  const open = (): PackWriter =>
    (writer ??= writePack(nextPath(options, packs), options.components));
  return {
    find: (path) =>
      (byPath.get(path) ?? []).map(({ pack, entry }) => ({
        components: pack.components,
        sha256: entry.sha256,
        reads: JSON.parse(entry.reads) as Reads,
        slices: () => {
          const bytes = pack.read(entry);
          if (bytes === null) options.onDamage(pack.path);
          else used.add(entry);
          return bytes === null ? null : slicesOf(bytes, entry.lengths);
        },
      })),
    add(key, { slices, reads }) {
      if (open().size < options.limit)
        open().add({ path: key.path, sha256: key.sha256, reads: JSON.stringify(reads) }, slices);
    },
    save() {
      const joined = needsJoining(packs, used) ? packs : [];
      if (joined.length > 0) copyEntries(open(), { packs, used, options });
      writer?.finish();
      writer = null;
      for (const { path } of joined) rmSync(path, { force: true });
    },
    close() {
      writer?.discard();
      for (const pack of packs) pack.close();
    },
  };
}

function openAll({ folder, name, onDamage }: PackFolderOptions): PackFile[] {
  mkdirSync(folder, { recursive: true });
  const packs: PackFile[] = [];
  for (const file of readdirSync(folder).sort(byCodeUnit)) {
    if (!file.startsWith(`${name}-`) || !file.endsWith(".pack")) continue;
    const path = join(folder, file);
    const pack = openPack(path);
    if (pack !== null) packs.push(pack);
    else {
      onDamage(path);
      rmSync(path, { force: true });
    }
  }
  return packs;
}

/** Sorts behind the packs that are there, so that a later result wins over an earlier one. */
function nextPath({ folder, name }: PackFolderOptions, packs: readonly PackFile[]): string {
  const last = Number(/(\d+)-[0-9a-f]+\.pack$/.exec(packs.at(-1)?.path ?? "")?.[1] ?? 0);
  const number = String(last + 1).padStart(8, "0");
  return join(folder, `${name}-${number}-${randomBytes(6).toString("hex")}.pack`);
}

/** Many files, or more that nobody used than that somebody did. */
function needsJoining(packs: readonly PackFile[], used: ReadonlySet<PackEntry>): boolean {
  if (packs.length >= MOST_PACKS) return true;
  let usedBytes = 0;
  let unusedBytes = 0;
  for (const { entries } of packs)
    for (const entry of entries) {
      if (used.has(entry)) usedBytes += sizeOf(entry);
      else unusedBytes += sizeOf(entry);
    }
  return unusedBytes > usedBytes && unusedBytes > FEWEST_UNUSED_BYTES;
}

/** Copies what was used, and as much again of the rest, the latest first: what another branch may need. */
function copyEntries(
  writer: PackWriter,
  {
    packs,
    used,
    options,
  }: {
    packs: readonly PackFile[];
    used: ReadonlySet<PackEntry>;
    options: PackFolderOptions;
  },
): void {
  let budget = 0;
  const copy = (pack: PackFile, entry: PackEntry): void => {
    if (writer.size + sizeOf(entry) > options.limit) return;
    const bytes = pack.read(entry);
    if (bytes !== null) writer.add(entry, slicesOf(bytes, entry.lengths));
  };
  for (const pack of packs)
    for (const entry of pack.entries) {
      if (!used.has(entry)) continue;
      budget += sizeOf(entry);
      copy(pack, entry);
    }
  const current = JSON.stringify(options.components);
  for (const pack of [...packs].reverse()) {
    if (JSON.stringify(pack.components) !== current) continue;
    for (const entry of pack.entries) {
      if (used.has(entry) || budget < sizeOf(entry)) continue;
      budget -= sizeOf(entry);
      copy(pack, entry);
    }
  }
}

function slicesOf(bytes: Uint8Array, lengths: readonly number[]): Uint8Array[] {
  let end = 0;
  return lengths.map((length) => bytes.subarray(end, (end += length)));
}

function sizeOf({ lengths }: PackEntry): number {
  return lengths.reduce((sum, length) => sum + length, 0);
}

const MOST_PACKS = 8;
const FEWEST_UNUSED_BYTES = 4 * 1024 * 1024;
