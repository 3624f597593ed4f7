/** The scheme of a URL in lower case, as a browser reads it: tabs and line ends do not count. Null for relative ones. */
export function schemeOf(url: string): string | null {
  const plain = url.replace(/[\t\n\r]/g, "").trimStart();
  return /^([a-z][a-z0-9+.-]*):/i.exec(plain)?.[1]?.toLowerCase() ?? null;
}

/** Host of an http or https URL in lower case, with port; null for others. */
export function hostOf(url: string): string | null {
  const match = /^https?:\/\/(?:[^/?#@]*@)?([^/?#]+)/i.exec(url);
  return match?.[1]?.toLowerCase() ?? null;
}

/** Whether a host means the reader's own machine or network, or is reserved for examples. */
export function isLocalHost(host: string): boolean {
  return LOCAL.test(host);
}

const LOCAL =
  /^(?:localhost|127(?:\.\d+){3}|0\.0\.0\.0|\[::1\]|10(?:\.\d+){3}|192\.168(?:\.\d+){2}|172\.(?:1[6-9]|2\d|3[01])(?:\.\d+){2}|[^.]+|(?:.*\.)?(?:example\.(?:com|org|net)|[^.]+\.(?:test|example|invalid|local|localhost|internal)))(?::\d+)?$/;
