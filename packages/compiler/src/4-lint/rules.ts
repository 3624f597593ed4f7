// Generated from the files of rules/ by `vitest run packages/compiler/test/rules.test.ts -u`. Do not edit.
import type { ProjectRule } from "./project-rule.ts";
import type { Rule } from "./rule.ts";
import { acrossGrantedTier } from "./rules/across-granted-tier.ts";
import { acrossNearDuplicate } from "./rules/across-near-duplicate.ts";
import { acrossRedirects } from "./rules/across-redirects.ts";
import { acrossReplacedBy } from "./rules/across-replaced-by.ts";
import { acrossUniqueAlias } from "./rules/across-unique-alias.ts";
import { acrossUniqueDescription } from "./rules/across-unique-description.ts";
import { acrossUniqueId } from "./rules/across-unique-id.ts";
import { acrossUniqueVariant } from "./rules/across-unique-variant.ts";
import { codeBlockLength } from "./rules/code-block-length.ts";
import { codeClosedFence } from "./rules/code-closed-fence.ts";
import { codeFenceLanguage } from "./rules/code-fence-language.ts";
import { codeKnownLanguage } from "./rules/code-known-language.ts";
import { codeNoShellPrompt } from "./rules/code-no-shell-prompt.ts";
import { codeSyntax } from "./rules/code-syntax.ts";
import { filesExtension } from "./rules/files-extension.ts";
import { filesOrphan } from "./rules/files-orphan.ts";
import { filesOutsideEntry } from "./rules/files-outside-entry.ts";
import { filesSize } from "./rules/files-size.ts";
import { frontmatterDescription } from "./rules/frontmatter-description.ts";
import { frontmatterLanguages } from "./rules/frontmatter-languages.ts";
import { frontmatterPackages } from "./rules/frontmatter-packages.ts";
import { frontmatterPlainList } from "./rules/frontmatter-plain-list.ts";
import { frontmatterQuotedText } from "./rules/frontmatter-quoted-text.ts";
import { frontmatterRevisionBump } from "./rules/frontmatter-revision-bump.ts";
import { frontmatterRevision } from "./rules/frontmatter-revision.ts";
import { frontmatterSkillFolder } from "./rules/frontmatter-skill-folder.ts";
import { frontmatterSource } from "./rules/frontmatter-source.ts";
import { frontmatterUpdatedOn } from "./rules/frontmatter-updated-on.ts";
import { frontmatterUpstream } from "./rules/frontmatter-upstream.ts";
import { frontmatterVersionOrder } from "./rules/frontmatter-version-order.ts";
import { frontmatterVersions } from "./rules/frontmatter-versions.ts";
import { linksAnchor } from "./rules/links-anchor.ts";
import { linksHonestLabel } from "./rules/links-honest-label.ts";
import { linksNoBareUrl } from "./rules/links-no-bare-url.ts";
import { linksNoHttp } from "./rules/links-no-http.ts";
import { linksNoMachinePath } from "./rules/links-no-machine-path.ts";
import { linksNoUnusedDefinition } from "./rules/links-no-unused-definition.ts";
import { linksNoUserinfo } from "./rules/links-no-userinfo.ts";
import { linksResolve } from "./rules/links-resolve.ts";
import { linksSafeScheme } from "./rules/links-safe-scheme.ts";
import { safetyComposedText } from "./rules/safety-composed-text.ts";
import { safetyDeclaredInstalls } from "./rules/safety-declared-installs.ts";
import { safetyLineEndings } from "./rules/safety-line-endings.ts";
import { safetyNoAgentInstructions } from "./rules/safety-no-agent-instructions.ts";
import { safetyNoConfusableCode } from "./rules/safety-no-confusable-code.ts";
import { safetyNoEncodedPayload } from "./rules/safety-no-encoded-payload.ts";
import { safetyNoExfiltration } from "./rules/safety-no-exfiltration.ts";
import { safetyNoHtmlComment } from "./rules/safety-no-html-comment.ts";
import { safetyNoRemoteExecution } from "./rules/safety-no-remote-execution.ts";
import { safetyNoRemoteImage } from "./rules/safety-no-remote-image.ts";
import { safetyNoRoleMarkers } from "./rules/safety-no-role-markers.ts";
import { safetyNoSecrets } from "./rules/safety-no-secrets.ts";
import { safetyPlainHtml } from "./rules/safety-plain-html.ts";
import { safetyVisibleText } from "./rules/safety-visible-text.ts";
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
  filesExtension,
  filesOutsideEntry,
  filesSize,
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
  linksHonestLabel,
  linksNoBareUrl,
  linksNoHttp,
  linksNoMachinePath,
  linksNoUnusedDefinition,
  linksNoUserinfo,
  linksResolve,
  linksSafeScheme,
  safetyComposedText,
  safetyDeclaredInstalls,
  safetyLineEndings,
  safetyNoAgentInstructions,
  safetyNoConfusableCode,
  safetyNoEncodedPayload,
  safetyNoExfiltration,
  safetyNoHtmlComment,
  safetyNoRemoteExecution,
  safetyNoRemoteImage,
  safetyNoRoleMarkers,
  safetyNoSecrets,
  safetyPlainHtml,
  safetyVisibleText,
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
  acrossGrantedTier,
  acrossNearDuplicate,
  acrossRedirects,
  acrossReplacedBy,
  acrossUniqueAlias,
  acrossUniqueDescription,
  acrossUniqueId,
  acrossUniqueVariant,
  filesOrphan,
  frontmatterRevisionBump,
  linksAnchor,
];
