import { homedir } from "node:os";
import { fetchHelp, loadConfiguration } from "@chub/registry";
import type { RemoteHelp } from "./ports.ts";

/** Help from where the user configured, or null. Errors: ChubError CONFIG, LOCAL_IO, NO_DATA, INTEGRITY. */
export async function remoteHelp(
  variables: Readonly<Record<string, string | undefined>>,
  version: string,
): Promise<RemoteHelp | null> {
  const { help } = await loadConfiguration({
    variables,
    workingDirectory: process.cwd(),
    homeDirectory: homedir(),
    contentDirectory: () => null,
  });
  if (help === undefined) return null;
  const text = await fetchHelp(help, version);
  return { from: new URL(help.url).origin, text };
}
