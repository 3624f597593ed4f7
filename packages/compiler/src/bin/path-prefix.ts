import { relative, sep } from "node:path";

/** From the working directory to the content root, so that paths of a report can be opened from there. */
export function pathPrefix(contentRoot: string, cwd: string): string {
  const path = relative(cwd, contentRoot).split(sep).join("/");
  return path === "" ? "" : `${path}/`;
}
