// What no scope of the package reaches, and why that is no gap: answers and rows of decisions that stand in the model for
// completeness and that no bounds let a search come to. What is listed here and reached is an error too.

type Reasons = { readonly [name: string]: string }

/** Each name with the same reason. */
const all = (reason: string, names: readonly string[]): Reasons => Object.fromEntries(names.map(name => [name, reason]))

/** The steps of a shootdown. */
const shootdown = (operation: string, name: string): readonly string[] =>
  ['', 'Send', 'Await', 'Done'].map(part => `${operation}.${name}${part}`)

const apart = 'no object may be written in one mapping and executed in another: a claim says so'

export const beyond: { readonly [system: string]: Reasons } = {
  memory: {
    ...all(
      apart,
      ['none', 'rdonly', 'exec', 'rdonly|exec'].map(
        attaching => `object · linux false, attaching ${attaching}, someWrite true, someExecute true`,
      ),
    ),
    ...all(
      'what is resident is good for a load, which never puts another frame in its place',
      shootdown('load', 'broken').slice(1),
    ),
    ...all(
      'they make room for tables only, and no scope that has several CPUs counts tables yet',
      ['fork', 'mmap', 'mremap'].flatMap(name => shootdown(name, 'evicted')),
    ),
    ...all(
      'what is pinned is mapped: no stack grows for a device',
      ['growAlone', 'growAgain', 'growDown', 'growShare', 'anew'].map(step => `pin.${step}`),
    ),
  },
}
