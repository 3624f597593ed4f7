import type { AgentSpec } from "./agents.ts";
import { applyUndo, sha256Of, undoOf } from "./install-record.ts";
import type { InstallRecord, RecordedFile } from "./install-record.ts";
import { agentOf, partsOf } from "./parts.ts";
import type { Part, PartKind, PartTexts } from "./parts.ts";

/** What happens to a file. `after` null: it is removed. */
export interface FileChange {
  readonly path: string;
  readonly action: "create" | "edit" | "delete" | "unchanged" | "kept";
  readonly before: string | null;
  readonly after: string | null;
  /** Why a file is kept as it is. */
  readonly reason?: string;
  /** Folders that are removed with it when they are empty, innermost first. */
  readonly emptied: readonly string[];
}

export interface Plan {
  readonly changes: readonly FileChange[];
  readonly record: InstallRecord;
}

/** What the plan has to know of the disk. */
export interface PlanWorld {
  readonly texts: PartTexts;
  readonly record: InstallRecord;
  readonly read: (path: string) => string | null;
  /** Folders above a path that are not there, outermost first. */
  readonly missingFolders: (path: string) => readonly string[];
}

/** Sets agents up. Pure but for what `world` reads. Errors: ChubError CONFIG. */
export function planInstall(
  agents: readonly AgentSpec[],
  kinds: readonly PartKind[],
  world: PlanWorld,
): Plan {
  const changes: FileChange[] = [];
  const files = new Map(world.record.files.map((file) => [file.path, file]));
  for (const [path, { part, names }] of partsByPath(agents, kinds, world.texts)) {
    const known = files.get(path);
    const present = world.read(path);
    const original = originalOf(present, known, part);
    const after = part.add(original ?? "");
    if (after === null) {
      changes.push(unchanged(path, present, "kept", "it has something of your own there"));
      continue;
    }
    const all = [...new Set([...(known?.agents ?? []), ...names])].sort(byCodeUnit);
    const isOurs = known !== undefined || after !== present;
    if (isOurs) {
      files.set(path, {
        path,
        agents: all,
        created: original === null,
        folders: known?.folders ?? world.missingFolders(path),
        sha256: sha256Of(after),
        undo: undoOf(original ?? "", after),
      });
    }
    changes.push(changeTo(path, present, after));
  }
  return { changes, record: recordOf(files) };
}

/** Takes back what was set up for agents. Errors: ChubError CONFIG. */
export function planUninstall(names: readonly string[], world: PlanWorld): Plan {
  const changes: FileChange[] = [];
  const files = new Map(world.record.files.map((file) => [file.path, file]));
  for (const file of world.record.files) {
    const left = file.agents.filter((name) => !names.includes(name));
    if (left.length === file.agents.length) continue;
    if (left.length > 0) {
      files.set(file.path, { ...file, agents: left });
      changes.push(
        unchanged(file.path, world.read(file.path), "kept", `${left.join(", ")} still needs it`),
      );
      continue;
    }
    files.delete(file.path);
    changes.push(removal(file, world));
  }
  return { changes, record: recordOf(files) };
}

function partsByPath(agents: readonly AgentSpec[], kinds: readonly PartKind[], texts: PartTexts) {
  const parts = new Map<string, { part: Part; names: string[] }>();
  for (const agent of agents) {
    for (const part of partsOf(agent, texts)) {
      if (!kinds.includes(part.kind)) continue;
      const known = parts.get(part.path);
      if (known === undefined) parts.set(part.path, { part, names: [agent.name] });
      else known.names.push(agent.name);
    }
  }
  return parts;
}

/** The file as it was before us; when somebody has edited it since, as it is without our part. */
function originalOf(
  present: string | null,
  known: RecordedFile | undefined,
  part: Part,
): string | null {
  if (present === null || known === undefined) return present;
  const exact = sha256Of(present) === known.sha256 ? applyUndo(present, known.undo) : null;
  if (exact !== null) return known.created ? null : exact;
  return part.remove(present) ?? present;
}

function removal(file: RecordedFile, world: PlanWorld): FileChange {
  const { path } = file;
  const present = world.read(path);
  if (present === null) return unchanged(path, null, "unchanged");
  const isUntouched = sha256Of(present) === file.sha256;
  const exact = isUntouched ? applyUndo(present, file.undo) : null;
  const after = exact ?? partOf(file, world.texts)?.remove(present) ?? null;
  if (after === null) return unchanged(path, present, "kept", "it was changed since");
  const isGone = file.created && after.trim() === "";
  return {
    ...changeTo(path, present, isGone ? null : after),
    emptied: isGone ? [...file.folders].reverse() : [],
  };
}

function partOf({ path, agents }: RecordedFile, texts: PartTexts): Part | undefined {
  const agent = agentOf(agents[0] ?? "");
  return agent === undefined ? undefined : partsOf(agent, texts).find((part) => part.path === path);
}

function changeTo(path: string, before: string | null, after: string | null): FileChange {
  if (before === after) return unchanged(path, before, "unchanged");
  const action = before === null ? "create" : after === null ? "delete" : "edit";
  return { path, action, before, after, emptied: [] };
}

function unchanged(
  path: string,
  present: string | null,
  action: "unchanged" | "kept",
  reason?: string,
): FileChange {
  return {
    path,
    action,
    before: present,
    after: present,
    ...(reason === undefined ? {} : { reason }),
    emptied: [],
  };
}

function recordOf(files: ReadonlyMap<string, RecordedFile>): InstallRecord {
  return { version: 1, files: [...files.values()].sort((a, b) => byCodeUnit(a.path, b.path)) };
}

function byCodeUnit(a: string, b: string): number {
  if (a < b) return -1;
  return a > b ? 1 : 0;
}
