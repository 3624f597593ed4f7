import { homedir } from "node:os";
import { join, resolve } from "node:path";
import { chubDirectory, npmOptions } from "@chub/registry";
import { openNpmRegistry, type NpmRegistry } from "../prove/npm-registry.ts";
import { openProofWorld, type ProofWorld } from "../prove/proof-world.ts";
import type { CommandIo } from "./command.ts";

/** What the user chose of the world to prove in. */
export interface ProofChoices {
  /** Folder of the store as given; null: `proof` in the user's chub folder. */
  readonly store: string | null;
  readonly jobs: number | null;
  readonly timeoutSeconds: number | null;
}

/** The npm registry of the user's .npmrc. */
export function userRegistry({ env }: CommandIo): NpmRegistry {
  return openNpmRegistry(npmOptions({ variables: env, homeDirectory: homedir() }));
}

/** The store and the registry of this user. Errors: ChubError CONFIG when CHUB_DIR is relative. */
export function userProofWorld(choices: ProofChoices, io: CommandIo): ProofWorld {
  const folder =
    choices.store === null
      ? join(chubDirectory({ variables: io.env, homeDirectory: homedir() }), "proof")
      : resolve(io.cwd, choices.store);
  return openProofWorld({
    folder,
    registry: userRegistry(io),
    ...(choices.jobs !== null && { processes: choices.jobs }),
    ...(choices.timeoutSeconds !== null && { timeoutMs: choices.timeoutSeconds * 1000 }),
  });
}
