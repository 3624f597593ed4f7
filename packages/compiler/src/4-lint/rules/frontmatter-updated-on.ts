import { metadataOf } from "../front-matter-data.ts";
import { frontmatterPlace } from "../front-matter-place.ts";
import { defineRule } from "../rule.ts";

export const frontmatterUpdatedOn = defineRule({
  id: "frontmatter/updated-on",
  code: "CHUB1105",
  severity: "warning",
  kinds: ["doc", "skill"],
  summary: "`updated-on` is there, is a day of the calendar and is not in the future.",
  why: "Readers judge by it whether a text is still good; a missing day looks like no one ever checked.",
  help: "Write the day on which the text was last checked, for example `2026-11-24`.",
  check({ facts, parsed, surroundings: { isFuture } }, report) {
    if (facts === null) return;
    if (metadataOf(parsed)["updated-on"] === undefined) {
      report({ at: frontmatterPlace(parsed, "metadata"), message: "Missing key `updated-on`" });
      return;
    }
    const day = facts.updatedOn;
    if (day === undefined) return;
    const at = frontmatterPlace(parsed, "metadata.updated-on");
    if (!isCalendarDay(day))
      report({ at, message: `Unexpected day ${day}, expected one of the calendar` });
    else if (isFuture?.(day) === true)
      report({ at, message: `Unexpected day ${day}, expected none in the future` });
  },
});

function isCalendarDay(day: string): boolean {
  const [year = 0, month = 0, number = 0] = day.split("-").map(Number);
  const leap = (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
  const days = [31, leap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
  return number <= (days[month - 1] ?? 0);
}
