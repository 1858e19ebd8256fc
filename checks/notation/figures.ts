// What the memory map of a Linux process says of a region (`man proc`, smaps), as far as it can be told from what is
// observed here: two of its flags, and some of its figures in pages. The words are the kernel's.

import type { Observed, ObservedRegion } from './answer.js'

/** `lo`: the region is locked; `lf`: its pages become resident one by one, as they are touched. */
export const regionFlags = ['lo', 'lf'] as const
export type RegionFlag = (typeof regionFlags)[number]

/** `Rss`: pages with a frame, that of zeros not counted; `Locked`: those of a locked region; `Swap`: pages in slots. */
export const figures = ['Rss', 'Locked', 'Swap'] as const
export type Figure = (typeof figures)[number]

const locks: { readonly [F in RegionFlag]: readonly ObservedRegion['lock'][] } = {
  lo: ['locked', 'onfault'],
  lf: ['onfault'],
}

export function hasFlag(region: ObservedRegion | null, flag: RegionFlag): boolean {
  return region !== null && locks[flag].includes(region.lock)
}

export function figureOf(region: ObservedRegion | null, process: number, figure: Figure, observed: Observed): number {
  if (region === null || (figure === 'Locked' && !hasFlag(region, 'lo'))) return 0
  const wanted = figure === 'Swap' ? ['swap'] : ['anon', 'file']
  const pages = Array.from({ length: region.last - region.first + 1 }, (_, at) => region.first + at)
  return pages.filter(page => wanted.includes(observed.entry(process, page).kind)).length
}
