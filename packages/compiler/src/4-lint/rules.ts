// Generated from the files of rules/ by `vitest -u packages/compiler/test/rules.test.ts`. Do not edit.
import type { ProjectRule } from "./project-rule.ts";
import type { Rule } from "./rule.ts";
import { acrossUniqueId } from "./rules/across-unique-id.ts";
import { structureOneH1 } from "./rules/structure-one-h1.ts";

/** Rules on one file, sorted by id. */
export const RULES: readonly Rule[] = [structureOneH1];

/** Rules across documents, sorted by id. */
export const PROJECT_RULES: readonly ProjectRule[] = [acrossUniqueId];
