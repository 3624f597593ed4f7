import { ChubError } from "@chub/registry";

/** Reads text over HTTP. Null when the server says that there is no such thing. Errors: ChubError NO_DATA. */
export type HttpGet = (url: string) => Promise<string | null>;

/** `agent`: who asks; some registries refuse those who do not say it. */
export function httpGet(agent: string): HttpGet {
  return async (url) => {
    try {
      const response = await fetch(url, {
        headers: { "user-agent": agent, accept: "application/json, text/plain" },
        signal: AbortSignal.timeout(TIMEOUT_MS),
      });
      if (response.status === 404 || response.status === 410) return null;
      if (!response.ok) throw unreachable(url, `HTTP ${response.status}`);
      return await response.text();
    } catch (error) {
      if (error instanceof ChubError) throw error;
      // `fetch` puts what happened behind "fetch failed".
      const { cause } = error as { cause?: { code?: unknown } };
      throw unreachable(url, String(cause?.code ?? (error as Error).name), error);
    }
  };
}

function unreachable(url: string, why: string, cause?: unknown): ChubError {
  return new ChubError("NO_DATA", `Cannot ask ${new URL(url).host}: ${why}`, {
    hint: "Check the network, or name a mirror with --registry.",
    ...(cause !== undefined && { cause }),
  });
}

const TIMEOUT_MS = 20_000;
