import { dirname, join, posix } from "node:path";
import type { Ports } from "../ports.ts";
import { done, line, toned } from "../reply.ts";
import type { Line, Reply } from "../reply.ts";
import { diffLines } from "./diff-lines.ts";
import { decodeRecord, encodeRecord, RECORD_PATH } from "./install-record.ts";
import type { FileChange, Plan, PlanWorld } from "./plan.ts";

/** The disk as a plan sees it. Errors: ChubError LOCAL_IO. */
export function planWorld(ports: Ports, rule: string): PlanWorld {
  const at = (path: string) => placeOf(path, ports);
  return {
    texts: { skill: ports.skill(), rule },
    record: decodeRecord(ports.files.read(at(RECORD_PATH))),
    read: (path) => ports.files.read(at(path)),
    missingFolders: (path) =>
      foldersAbove(path).filter((folder) => !ports.files.isDirectory(at(folder))),
  };
}

/** Carries a plan out, or shows what it would do. Errors: ChubError LOCAL_IO. */
export function planReply(plan: Plan, isDryRun: boolean, ports: Ports): Reply {
  const { changes } = plan;
  if (!isDryRun) applyPlan(plan, ports);
  const edits = changes.filter(({ before, after }) => before !== after);
  return done({
    out: isDryRun ? edits.flatMap(diffLines) : changes.map(changeLine),
    err: isDryRun ? [line(toned("dim", "Nothing was changed: this was --dry-run"))] : [],
    json: {
      dryRun: isDryRun,
      changes: changes.map(({ path, action, reason }) => ({
        path,
        action,
        ...(reason === undefined ? {} : { reason }),
      })),
    },
  });
}

function applyPlan({ changes, record }: Plan, ports: Ports): void {
  const place = placeOf(RECORD_PATH, ports);
  // The record first: whatever happens after it, what was done can be taken back.
  if (record.files.length > 0) ports.files.write(place, encodeRecord(record));
  for (const { path, before, after, emptied } of changes) {
    if (before === after) continue;
    if (after !== null) ports.files.write(placeOf(path, ports), after);
    else ports.files.remove(placeOf(path, ports));
    for (const folder of emptied) ports.files.removeEmptyFolder(placeOf(folder, ports));
  }
  if (record.files.length > 0) return;
  ports.files.remove(place);
  ports.files.removeEmptyFolder(dirname(place));
}

function changeLine({ path, action, reason }: FileChange): Line {
  const tone = action === "kept" ? "yellow" : action === "unchanged" ? "dim" : "green";
  return line(
    toned(tone, action.padEnd(9)),
    `  ${path}${reason === undefined ? "" : `: ${reason}`}`,
  );
}

function placeOf(path: string, { folders }: Ports): string {
  return path.startsWith("~/") ? join(folders.home, path.slice(2)) : join(folders.working, path);
}

function foldersAbove(path: string): string[] {
  const folder = posix.dirname(path);
  return folder === "." || folder === "~" ? [] : [...foldersAbove(folder), folder];
}
