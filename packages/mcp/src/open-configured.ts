import { join } from "node:path";
import {
  annotationsOf,
  installedContent,
  loadConfiguration,
  openAnnotations,
  openCatalog,
  openFeedback,
  projectVersions,
  scanProject,
  type AnnotationStore,
  type Catalog,
  type Configuration,
  type Environment,
  type Feedback,
  type FeedbackOutcome,
  type OpenedCatalog,
} from "@chub/registry";
import type { ProjectScanPort } from "./ports.ts";

/** The world as the configuration sees it, but for the documents that come with this package. */
export type World = Omit<Environment, "contentDirectory">;

/** The configured sources of this user in this folder. Errors: ChubError CONFIG, LOCAL_IO. */
export async function openConfigured(world: World): Promise<OpenedCatalog> {
  const environment = environmentOf(world);
  const configuration = await loadConfiguration(environment);
  return openCatalog({ configuration, environment });
}

/** Notes of this user and of the project in this folder. Errors: ChubError CONFIG, LOCAL_IO. */
export async function openNotes(world: World): Promise<AnnotationStore> {
  const configuration = await loadConfiguration(environmentOf(world));
  return openAnnotations({
    personal: join(configuration.home, "annotations"),
    project: join(projectOf(configuration, world), ".chub", "annotations"),
  });
}

/** Keeps a rating, and sends it where this user configured. Errors: ChubError CONFIG, USAGE, LOCAL_IO. */
export async function keepFeedback(world: World, feedback: Feedback): Promise<FeedbackOutcome> {
  const { home, feedbackUrl } = await loadConfiguration(environmentOf(world));
  return openFeedback(join(home, "feedback")).submit(feedback, feedbackUrl);
}

/** What the project in this folder uses and what of it is documented. Errors: those of the catalog. */
export async function scanFolder(world: World, catalog: Catalog): Promise<ProjectScanPort> {
  const project = await projectVersions(world.workingDirectory);
  return { project, scan: await scanProject(catalog, project) };
}

export { annotationsOf };

function projectOf({ projectDirectory }: Configuration, { workingDirectory }: World): string {
  return projectDirectory ?? workingDirectory;
}

function environmentOf(world: World): Environment {
  return { ...world, contentDirectory: () => installedContent(import.meta.url) };
}
