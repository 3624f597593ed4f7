import { projectVersions } from "@chub/registry";
import type { ProjectVersions } from "@chub/registry";

/** What the project around the working directory depends on; apart from the reader, which most commands need alone. */
export function versionsHere(): Promise<ProjectVersions> {
  return projectVersions(process.cwd());
}
