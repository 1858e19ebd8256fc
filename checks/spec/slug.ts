// The anchors that GitHub gives to headings. A file of its own: who only looks up a rule needs no reader of Markdown.

/** Lower case, letters, digits, `-` and `_` kept, each blank a hyphen. */
export const slugOf = (heading: string): string =>
  heading
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}\p{M} _-]/gu, '')
    .replaceAll(' ', '-')
