// What no scope of the package reaches, and why that is no gap: answers and rows of decisions that stand in the model for
// completeness and that no bounds let a search come to. What is listed here and reached is an error too.

type Reasons = { readonly [name: string]: string }

/** Each name with the same reason. */
const all = (reason: string, names: readonly string[]): Reasons => Object.fromEntries(names.map(name => [name, reason]))

const one = 'it wants one frame, and the first page that is evicted gives it one: it never evicts for nothing'
const refused = 'a request to write and to execute is refused before anything is asked about ceilings'
const readOnly = 'attaching for reading never asks for writing'
const wide = 'a live kernel starts every mapping at rwx, or at rx where it was attached for reading'
const rose = 'what was attached for reading is refused writing before its ceiling is asked for'
const apart = 'no object may be written in one mapping and executed in another: a claim says so'
const both = 'what a live kernel lets be written it lets be executed, so that whoever may write also may execute'

export const beyond: { readonly [system: string]: Reasons } = {
  memory: {
    ...all(one, ['spawn · failed ENOMEM', 'swapIn · failed ENOMEM', 'allocate · failed ENOMEM']),
    ...all(refused, [
      'first-ceiling · linux false, shared false, readOnly false, gains both',
      'first-ceiling · linux false, shared true, readOnly false, gains both',
      'within · ceiling rw, gains both',
      'within · ceiling r, gains both',
    ]),
    ...all(readOnly, [
      'first-ceiling · linux false, shared true, readOnly true, gains write',
      'first-ceiling · linux false, shared true, readOnly true, gains both',
      'first-ceiling · linux true, shared true, readOnly true, gains write',
      'first-ceiling · linux true, shared true, readOnly true, gains both',
    ]),
    ...all(
      wide,
      ['rw', 'r'].flatMap(ceiling =>
        ['neither', 'write', 'execute', 'both'].map(
          gains => `ceiling · linux true, ceiling ${ceiling}, gains ${gains}`,
        ),
      ),
    ),
    ...all(rose, ['ceiling · linux true, ceiling rx, gains write', 'ceiling · linux true, ceiling rx, gains both']),
    ...all(
      apart,
      ['none', 'rdonly', 'exec', 'rdonly|exec'].map(
        attaching => `object · linux false, attaching ${attaching}, someWrite true, someExecute true`,
      ),
    ),
    ...all(
      both,
      ['none', 'rdonly', 'exec', 'rdonly|exec'].map(
        attaching => `object · linux true, attaching ${attaching}, someWrite true, someExecute false`,
      ),
    ),
    'copy-on-write · shared true, frame alone': 'the object names the frame too, so no entry ever has it alone',
    'class · owns true, sharesGroup false': 'whoever owns a segment is in the group of its owner',
    ...all('a partition is formatted at the start, and what removes a header refuses partitions', [
      'remove-swap · device partition, header false, on false',
      'use-swap · device partition, header false, on false',
    ]),
  },
}
