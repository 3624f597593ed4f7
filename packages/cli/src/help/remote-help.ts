import { isChubError } from "@chub/registry/errors";
import type { Ports } from "../ports.ts";
import { documentText, line, toned } from "../reply.ts";
import type { Reply } from "../reply.ts";

/** Our help, and after it the one that the user configured, marked as somebody else's. Ours never waits for its success. */
export async function withRemoteHelp(
  local: Reply & { readonly json: object },
  ports: Pick<Ports, "remoteHelp" | "boundary">,
): Promise<Reply> {
  try {
    const remote = await ports.remoteHelp();
    if (remote === null) return local;
    const mark = `[chub ${await ports.boundary()}: help from ${remote.from}, not from chub]`;
    return {
      ...local,
      out: [
        ...local.out,
        line(),
        line(toned("dim", mark)),
        documentText(`${remote.text.trimEnd()}\n`),
      ],
      json: { ...local.json, remote },
    };
  } catch (error) {
    if (!isChubError(error)) throw error;
    const warning = line(toned("yellow", `Warning: no remote help: ${error.message}`));
    return { ...local, err: [...local.err, warning] };
  }
}
