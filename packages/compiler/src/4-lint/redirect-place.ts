import { REDIRECTS_PATH } from "../3-validate/load-redirects.ts";
import type { SourceRange } from "../diagnostics/diagnostic.ts";
import { FILE_START } from "../diagnostics/text-position.ts";

/** File and range of findings about a redirect; the message names the redirect, since its data carries no place. */
export const REDIRECT_PLACE: { readonly file: string; readonly range: SourceRange } = {
  file: REDIRECTS_PATH,
  range: FILE_START,
};
