// Generated from the files of rules/ by `vitest run -u packages/compiler/test/rules.test.ts`. Do not edit.
import type { ProjectRule } from "./project-rule.ts";
import type { Rule } from "./rule.ts";
import { acrossUniqueId } from "./rules/across-unique-id.ts";
import { codeBlockLength } from "./rules/code-block-length.ts";
import { codeClosedFence } from "./rules/code-closed-fence.ts";
import { codeFenceLanguage } from "./rules/code-fence-language.ts";
import { codeKnownLanguage } from "./rules/code-known-language.ts";
import { codeNoShellPrompt } from "./rules/code-no-shell-prompt.ts";
import { codeSyntax } from "./rules/code-syntax.ts";
import { frontmatterDescription } from "./rules/frontmatter-description.ts";
import { frontmatterLanguages } from "./rules/frontmatter-languages.ts";
import { frontmatterPackages } from "./rules/frontmatter-packages.ts";
import { frontmatterPlainList } from "./rules/frontmatter-plain-list.ts";
import { frontmatterQuotedText } from "./rules/frontmatter-quoted-text.ts";
import { frontmatterRevision } from "./rules/frontmatter-revision.ts";
import { frontmatterSkillFolder } from "./rules/frontmatter-skill-folder.ts";
import { frontmatterSource } from "./rules/frontmatter-source.ts";
import { frontmatterUpdatedOn } from "./rules/frontmatter-updated-on.ts";
import { frontmatterUpstream } from "./rules/frontmatter-upstream.ts";
import { frontmatterVersionOrder } from "./rules/frontmatter-version-order.ts";
import { frontmatterVersions } from "./rules/frontmatter-versions.ts";
import { structureFileLength } from "./rules/structure-file-length.ts";
import { structureIntroduction } from "./rules/structure-introduction.ts";
import { structureNoEmptySection } from "./rules/structure-no-empty-section.ts";
import { structureNoSkippedHeading } from "./rules/structure-no-skipped-heading.ts";
import { structureOneH1 } from "./rules/structure-one-h1.ts";
import { structureTableShape } from "./rules/structure-table-shape.ts";
import { structureTokenCount } from "./rules/structure-token-count.ts";
import { structureUniqueHeadings } from "./rules/structure-unique-headings.ts";

/** Rules on one file, sorted by id. */
export const RULES: readonly Rule[] = [
  codeBlockLength,
  codeClosedFence,
  codeFenceLanguage,
  codeKnownLanguage,
  codeNoShellPrompt,
  codeSyntax,
  frontmatterDescription,
  frontmatterLanguages,
  frontmatterPackages,
  frontmatterPlainList,
  frontmatterQuotedText,
  frontmatterRevision,
  frontmatterSkillFolder,
  frontmatterSource,
  frontmatterUpdatedOn,
  frontmatterUpstream,
  frontmatterVersionOrder,
  frontmatterVersions,
  structureFileLength,
  structureIntroduction,
  structureNoEmptySection,
  structureNoSkippedHeading,
  structureOneH1,
  structureTableShape,
  structureTokenCount,
  structureUniqueHeadings,
];

/** Rules across documents, sorted by id. */
export const PROJECT_RULES: readonly ProjectRule[] = [
  acrossUniqueId,
];
