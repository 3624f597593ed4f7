import {
  installedContent,
  loadConfiguration,
  openCatalog,
  type Environment,
  type OpenedCatalog,
} from "@chub/registry";

/** The world as the configuration sees it, but for the documents that come with this package. */
export type World = Omit<Environment, "contentDirectory">;

/** The configured sources of this user in this folder. Errors: ChubError CONFIG, LOCAL_IO. */
export async function openConfigured(world: World): Promise<OpenedCatalog> {
  const environment: Environment = {
    ...world,
    contentDirectory: () => installedContent(import.meta.url),
  };
  const configuration = await loadConfiguration(environment);
  return openCatalog({ configuration, environment });
}
