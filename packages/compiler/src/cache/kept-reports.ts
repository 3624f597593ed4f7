import { hash } from "node:crypto";
import { readdirSync, readFileSync, rmSync, statSync } from "node:fs";
import { join } from "node:path";
import type { Counts } from "../diagnostics/report.ts";
import { writeAtomically } from "./atomic-file.ts";
import type { Days } from "./file-cache.ts";

/** What a whole run said, for a run on the same tree with the same options. */
export interface KeptReport {
  /** Text for standard output. */
  readonly text: string;
  readonly counts: Counts;
  readonly days: Days;
}

/** The report of a key; null without one that holds today. `onDamage` gets the path of a file that cannot be read. */
export function readReport(
  folder: string,
  key: string,
  { today, onDamage }: { today: string; onDamage: (path: string) => void },
): KeptReport | null {
  const path = join(folder, fileName(key));
  const bytes = readOrNull(path);
  if (bytes === null) return null;
  const body = bytes.subarray(DIGEST_LENGTH);
  if (bytes.subarray(0, DIGEST_LENGTH).toString("latin1") !== hash("sha256", body, "hex")) {
    onDamage(path);
    return null;
  }
  const report = JSON.parse(body.toString("utf8")) as KeptReport;
  const { past, future, today: day } = report.days;
  const isSame = past <= today && (future === null || today < future);
  return isSame && (day === null || day === today) ? report : null;
}

/** Keeps a report, and only the latest few of others. **Errors**: those of the file system. */
export function keepReport(folder: string, key: string, report: KeptReport): void {
  const body = Buffer.from(JSON.stringify(report), "utf8");
  writeAtomically(
    join(folder, fileName(key)),
    Buffer.concat([Buffer.from(hash("sha256", body, "hex"), "latin1"), body]),
  );
  const others = readdirSync(folder)
    .filter((name) => name.startsWith(PREFIX) && name.endsWith(".json") && name !== fileName(key))
    .map((name) => ({ path: join(folder, name), written: writtenAt(join(folder, name)) }))
    .sort((a, b) => b.written - a.written);
  for (const { path } of others.slice(MOST_REPORTS - 1)) rmSync(path, { force: true });
}

/** Age decides only what is thrown away. */
function writtenAt(path: string): number {
  return statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? 0;
}

function readOrNull(path: string): Buffer | null {
  try {
    return readFileSync(path);
  } catch {
    return null; // ENOENT: nothing kept
  }
}

function fileName(key: string): string {
  return `${PREFIX}${key.slice(0, 32)}.json`;
}

const PREFIX = "report-";
const DIGEST_LENGTH = 64; // sha256 in hex
const MOST_REPORTS = 8;
