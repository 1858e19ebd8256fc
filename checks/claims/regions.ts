// Claims about regions: how many there are, and what mmap and munmap leave behind. Rules: spec/regions.md.

import { type Id, ids, type Process, type State, space, spaceOf, violated } from '../../model/index.js'
import { claim, pagePath } from './claim.js'

const regionsOf = (m: State, s: Id<'space'>): number => {
  const { pages } = m.spaces[s]
  return ids(pages).filter(
    v => pages[v].region !== 'unmapped' && (v === 0 || pages[ids(pages)[v - 1]].region !== pages[v].region),
  ).length
}

/** The first page of a range that is not as it should be after a command. */
function wrongPage(
  m: State,
  args: Readonly<Record<string, unknown>>,
  region: unknown,
): true | ReturnType<typeof violated> {
  const s = spaceOf(m, args.process as Process)
  if (s === null) return violated('the process has lost its space')
  const first = Number(args.page)
  for (const v of ids(m.spaces[s].pages)) {
    if (v < first || v >= first + Number(args.count)) continue
    const it = m.spaces[s].pages[v]
    if (it.region !== region)
      return violated(`page ${v} is ${it.region} and should be ${String(region)}`, `${pagePath(s, v)}.region`)
    if (it.entry.is !== 'absent') return violated(`page ${v} still has an entry`, `${pagePath(s, v)}.entry`)
  }
  return true
}

export const regionsClaims = [
  claim('regions/count-recount', {
    says: 'a space counts its regions: maximal runs of pages with equal protection',
    rule: 'regions.md#regions',
    also: ['VM2'],
    over: { space },
    holds: (m, { space: s }) => {
      const found = regionsOf(m, s)
      const says = m.spaces[s].regions
      return found === says || violated(`space ${s} counts ${says} regions and has ${found}`, `spaces[${s}].regions`)
    },
  }),
  claim('regions/within-limit', {
    says: 'no space has more regions than the limit',
    rule: 'regions.md#limit',
    also: ['VM10'],
    over: { space },
    holds: (m, { space: s }) =>
      m.spaces[s].regions <= m.limits.regions ||
      violated(
        `space ${s} has ${m.spaces[s].regions} regions, the limit is ${m.limits.regions}`,
        `spaces[${s}].regions`,
      ),
  }),
  claim('regions/gone-after-munmap', {
    says: 'after munmap nothing is left in the range: no region, no entry',
    rule: 'regions.md#munmap',
    kind: 'return',
    also: ['VM18', 'PT22'],
    holds: (m, _at, event) =>
      event.operation !== 'munmap' || event.outcome?.is !== 'ok' || wrongPage(m, event.arguments, 'unmapped'),
  }),
  claim('regions/fresh-after-mmap', {
    says: 'after mmap the range has the protection asked for, and nothing of what was there before',
    rule: 'regions.md#mmap',
    kind: 'return',
    holds: (m, _at, event) =>
      event.operation !== 'mmap' ||
      event.outcome?.is !== 'ok' ||
      wrongPage(m, event.arguments, event.arguments.request),
  }),
]
