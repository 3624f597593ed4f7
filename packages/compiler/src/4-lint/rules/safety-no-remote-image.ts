import { schemeOf } from "../link-url.ts";
import { defineRule } from "../rule.ts";

export const safetyNoRemoteImage = defineRule({
  id: "safety/no-remote-image",
  code: "CHUB5113",
  severity: "error",
  suppressible: false,
  summary: "Images are files of the entry.",
  why: "Loading an image from another machine tells that machine who reads, and what the address carries.",
  help: "Put the image into the entry's folder, or describe it.",
  check({ images }, report) {
    for (const image of images) {
      if (schemeOf(image.url) === null && !image.url.startsWith("//")) continue;
      report({
        at: image,
        message: `Unexpected remote image ${image.url.slice(0, 80)}, expected a file of the entry`,
      });
    }
  },
});
