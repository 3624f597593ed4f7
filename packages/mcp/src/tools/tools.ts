import { annotateTool } from "./annotate.ts";
import { feedbackTool } from "./feedback.ts";
import { getTool } from "./get.ts";
import { listTool } from "./list.ts";
import { outlineTool } from "./outline.ts";
import { scanTool } from "./scan.ts";
import { searchTool } from "./search.ts";
import type { Tool } from "./tool.ts";

/** Every tool, in the order in which they are listed. */
export const TOOLS: readonly Tool[] = [
  searchTool,
  getTool,
  outlineTool,
  listTool,
  scanTool,
  annotateTool,
  feedbackTool,
];
