// One line per changeset, in the author's words, with the commit that brought it.

/** @param {{ summary: string, commit?: string }} changeset */
async function getReleaseLine(changeset) {
  const [first = "", ...rest] = changeset.summary.trim().split("\n");
  const commit = changeset.commit === undefined ? "" : ` (${changeset.commit.slice(0, 7)})`;
  return [
    `- ${first.trimEnd()}${commit}`,
    ...rest.map((line) => (line === "" ? "" : `  ${line.trimEnd()}`)),
  ].join("\n");
}

/** @param {unknown[]} _changesets @param {{ name: string, newVersion: string }[]} dependencies */
async function getDependencyReleaseLine(_changesets, dependencies) {
  return dependencies.map(({ name, newVersion }) => `- Uses ${name} ${newVersion}`).join("\n");
}

export default { getReleaseLine, getDependencyReleaseLine };
