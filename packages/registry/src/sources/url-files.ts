import { ChubError } from "../chub-error.ts";
import { httpFetch, type HttpAnswer } from "./http-fetch.ts";
import type { UrlSourceOptions } from "./url-options.ts";

export interface FileFetch {
  readonly path: string;
  readonly maxBytes: number;
  readonly etag: string | undefined;
  readonly signal?: AbortSignal | undefined;
}

/** One file of the host; every segment of its path is encoded, so that the server sees the path that was checked. */
export function fetchFile(
  options: Pick<UrlSourceOptions, "url" | "headers" | "limits">,
  { path, maxBytes, etag, signal }: FileFetch,
): Promise<HttpAnswer> {
  const encoded = path.split("/").map(encodeURIComponent).join("/");
  const request = {
    url: `${options.url}/${encoded}`,
    headers: options.headers,
    maxBytes,
    ...(etag === undefined ? {} : { etag }),
    ...(signal === undefined ? {} : { signal }),
  };
  return httpFetch(request, options.limits);
}

/** The failure for a file that has more bytes than any of its kind. */
export function tooLarge({ name }: Pick<UrlSourceOptions, "name">, path: string): ChubError {
  return refused({ name }, path, "it is larger than such a file can be");
}

/** The failure for a file whose bytes are not to be used. */
export function refused(
  { name }: Pick<UrlSourceOptions, "name">,
  path: string,
  why: string,
): ChubError {
  return new ChubError(
    "INTEGRITY",
    `Refused ${JSON.stringify(path.slice(0, 240))} of source ${name}: ${why}`,
    {
      hint: "Nothing of it was kept. Tell whoever runs the source.",
    },
  );
}
