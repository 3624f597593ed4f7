/**
 * Why a string may not become a path in an artifact, or null when it may.
 *
 * One grammar for everything that becomes a path or a URL: `/`-separated, at most 240 characters and
 * 12 segments of `[A-Za-z0-9_][A-Za-z0-9._-]{0,99}`, no trailing dot, no Windows device name.
 */
export function artifactPathProblem(path: string): string | null {
  if (path.length === 0) return "it is empty";
  if (path.length > MAX_LENGTH) return `it is longer than ${MAX_LENGTH} characters`;
  const segments = path.split("/");
  if (segments.length > MAX_SEGMENTS) return `it is deeper than ${MAX_SEGMENTS} folders`;
  for (const segment of segments) {
    if (!SEGMENT.test(segment))
      return `segment ${JSON.stringify(segment.slice(0, 100))} is not [A-Za-z0-9_][A-Za-z0-9._-]*`;
    if (segment.endsWith(".")) return `segment ${JSON.stringify(segment)} ends with a dot`;
    if (DEVICE.test(segment)) return `segment ${JSON.stringify(segment)} is a Windows device name`;
  }
  return null;
}

const MAX_LENGTH = 240;
const MAX_SEGMENTS = 12;
const SEGMENT = /^[A-Za-z0-9_][A-Za-z0-9._-]{0,99}$/;
const DEVICE = /^(con|prn|aux|nul|com[0-9]|lpt[0-9])(\.|$)/i;
