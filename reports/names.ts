// Names of the files that a run leaves beside each other, so that whoever writes one and whoever links to it agree.

/** Longer ones are refused by some file systems, with what is put behind them. */
const longest = 180

/** The page and the Markdown of a violated claim, without their ending. A name is made of letters that lead nowhere else. */
export const counterexampleFile = (
  { name, mutant }: { readonly name: string; readonly mutant?: string },
  claim?: string,
): string =>
  [name, mutant, claim]
    .filter(part => part !== undefined)
    .join('+')
    .replace(/[^\w.+@-]/g, '-')
    .replace(/^\.+/, '-')
    .slice(0, longest)
