// What no scope of the package reaches, and why that is no gap: answers and rows of decisions that stand in the model for
// completeness and that no bounds let a search come to. What is listed here and reached is an error too.

type Reasons = { readonly [name: string]: string }

/** Each name with the same reason. */
const all = (reason: string, names: readonly string[]): Reasons => Object.fromEntries(names.map(name => [name, reason]))

/** The steps of a shootdown. */
const shootdown = (operation: string, name: string): readonly string[] =>
  ['', 'Send', 'Await', 'Done'].map(part => `${operation}.${name}${part}`)

const apart = 'no object may be written in one mapping and executed in another: a claim says so'

/** Steps that stand in operations because others share them, and that nothing leads to there, however many CPUs there are. */
const idle: Reasons = {
  ...all(
    'what is resident is good for who only reads or fetches: no other frame takes its place',
    ['load', 'fetch'].flatMap(name => shootdown(name, 'broken').slice(1)),
  ),
  ...all(
    'the page was not there yet: no CPU knows an entry that would have to be forgotten',
    ['mremap', 'shmat', 'swapIn'].flatMap(name => shootdown(name, 'broken').slice(1)),
  ),
  ...all(
    'what is pinned is mapped: no stack grows for a device',
    ['growAlone', 'growAgain', 'growDown', 'growShare', 'anew'].map(step => `pin.${step}`),
  ),
}

export const beyond: { readonly [system: string]: Reasons } = {
  memory: {
    ...all(
      apart,
      ['none', 'rdonly', 'exec', 'rdonly|exec'].map(
        attaching => `object · linux false, attaching ${attaching}, someWrite true, someExecute true`,
      ),
    ),
    ...idle,
  },
  'memory, interleaved': {
    ...idle,
    ...all('among other CPUs the access is the instruction that is begun again, not a step behind the fault', [
      'load.read',
      'store.write',
    ]),
  },
}
