import { defineRule } from "../rule.ts";

export const linksNoMachinePath = defineRule({
  id: "links/no-machine-path",
  code: "CHUB4108",
  severity: "warning",
  summary: "No link leads to a path of the author's machine.",
  why: "It works for nobody else, and tells the author's user name.",
  help: "Link the file inside the entry's folder.",
  check({ links, images, definitions }, report) {
    for (const node of [...links, ...images, ...definitions]) {
      if (!MACHINE_PATH.test(node.url)) continue;
      report({ at: node, message: `Unexpected machine path "${node.url.slice(0, 80)}" as a link` });
    }
  },
});

const MACHINE_PATH =
  /^(?:\/(?:Users|home|root|tmp|var|private|mnt|Volumes)\/|~\/|[A-Za-z]:[\\/]|\\\\)/;
