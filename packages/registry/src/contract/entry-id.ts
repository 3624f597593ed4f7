/**
 * Whether a string may be the id of an entry: `author/name`, each part `[a-z0-9][a-z0-9._-]{0,63}`.
 *
 * A bare `name` is allowed as well: the first registries of Context Hub have such ids.
 */
export function isEntryId(id: string): boolean {
  return ID.test(id);
}

const ID = /^[a-z0-9][a-z0-9._-]{0,63}(?:\/[a-z0-9][a-z0-9._-]{0,63})?$/;
