/**
 * URIs that clients read or subscribed to, the newest last and no more than `MAX_WATCHED`: those are
 * told when the sources change. Which document changed is not known, so each is told.
 */
export interface WatchedResources {
  add(uri: string): void;
  all(): readonly string[];
}

/** Starts with none. */
export function watchResources(): WatchedResources {
  const uris = new Set<string>();
  return {
    add(uri) {
      uris.delete(uri);
      uris.add(uri);
      const [oldest] = uris;
      if (uris.size > MAX_WATCHED && oldest !== undefined) uris.delete(oldest);
    },
    all: () => [...uris],
  };
}

const MAX_WATCHED = 1000;
