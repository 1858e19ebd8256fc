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
    .replace(/^(?:\.+|$)/, '-')
    .slice(0, longest)

/** The page of a disagreement, of operations that no order explains, and of a schedule that goes wrong. */
export const disagreementFile = (
  verb: string,
  { name, geometry }: { readonly name: string; readonly geometry: string },
): string => baseName(verb, name, geometry)
export const orderFile = ({ name, mutant }: { readonly name: string; readonly mutant?: string }): string =>
  counterexampleFile({ name: `linear+${name}`, ...(mutant === undefined ? {} : { mutant }) })
export const scheduleFile = ({ name, geometry }: { readonly name: string; readonly geometry: string }): string =>
  counterexampleFile({ name: `schedules+${name}` }, geometry)

/** The page of a bug of a real kernel. */
export const museumFile = ({ id }: { readonly id: string }): string => counterexampleFile({ name: id })

/** What files are named after that are saved from a page: letters and digits whatever the name holds. */
export const baseName = (...names: readonly string[]): string =>
  names.map(name => name.replace(/[^a-zA-Z0-9]+/g, '-').replace(/^-|-$/g, '')).join('-') || 'trace'
