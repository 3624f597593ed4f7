import { homedir } from "node:os";
import { installedContent, loadConfiguration, openCatalog } from "@chub/registry";
import type { Environment } from "@chub/registry";
import type { Reader } from "./ports.ts";

/** The configured sources of this user in this folder. Errors: ChubError CONFIG, LOCAL_IO. */
export async function openReader(variables: Environment["variables"]): Promise<Reader> {
  const environment = readerEnvironment(variables);
  const configuration = await loadConfiguration(environment);
  return { configuration, catalog: await openCatalog({ configuration, environment }) };
}

/** This process as the registry sees it. */
export function readerEnvironment(variables: Environment["variables"]): Environment {
  return {
    variables,
    workingDirectory: process.cwd(),
    homeDirectory: homedir(),
    contentDirectory: () => installedContent(import.meta.url),
  };
}
