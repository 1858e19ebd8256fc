// Where mutants are judged that one CPU alone never meets: walks give one command after the other, so what is decided
// about pins, and what is answered because somebody came in between, needs a search. Each is a small scope with several
// CPUs, searched completely with all of its claims, and held to what its file says of it.

import { ModelError, type Mutant } from '../../model/index.js'
import { gapsOf } from '../explorer/coverage.js'
import { brokenAt, type Exploration, explore, noLimits } from '../explorer/explore.js'
import { bindScope, loadScope, type ScopeFile } from '../scope/index.js'
import type { Noticed } from './model.js'

/** Scopes, and the titles of the mutants that are judged there, in this order. */
export const searches: readonly { readonly scope: string; readonly titles: RegExp }[] = [
  { scope: 'smp-mmap-shared', titles: /^mmap: object does not answer / },
  { scope: 'smp-pin-shared', titles: /^pin: .* found of an object / },
  { scope: 'smp-pin-protect', titles: /^(pin: .* found|copy-on-write: .* frame) exclusive / },
  { scope: 'smp-pin-read', titles: /^pin: how load, .* found shared / },
  { scope: 'smp-pin-fork', titles: /^pin: how load, .* found shared / },
  { scope: 'smp-pin-late', titles: /^(pin: how store, .* found shared|copy-on-write: .* frame pinned) / },
]

/** Whether there is a search for a mutant. */
export const isSearched = ({ title }: Mutant): boolean => searches.some(({ titles }) => titles.test(title))

/** What notices a mutant in the first of its searches that ends otherwise than its scope's file says. */
export function noticedInSearches(mutant: Mutant): Noticed | null {
  for (const { scope, titles } of searches) {
    const noticed = titles.test(mutant.title) ? noticedIn(loadScope(scope), mutant) : null
    if (noticed !== null) return noticed
  }
  return null
}

function noticedIn(file: ScopeFile, mutant: Mutant): Noticed | null {
  const { machine } = bindScope(file, [], mutant)
  const scope = file.name
  try {
    // A state more than there should be is enough.
    const limits = { ...noLimits, states: file.expect.states ?? noLimits.states }
    const result = explore(machine, { limits, audit: false })
    if (result.found !== null) return { scope, by: result.found.claim, length: result.found.path.length }
    const differs = differenceOf(result, file)
    return differs === null ? null : { scope, by: `search: ${differs}`, length: 0 }
  } catch (error) {
    if (!(error instanceof ModelError)) throw error
    return { scope, by: 'model error', length: brokenAt(error).path.length }
  }
}

/** In what a search without a violation is not what its file says: the answers that are given, or one of its figures. */
function differenceOf({ cut, coverage, ...counted }: Exploration, { expect, unreachable }: ScopeFile): string | null {
  const { gaps, stale } = gapsOf(coverage, unreachable)
  if (cut === null && gaps.length + stale.length > 0) return 'outcomes'
  const figures = ['states', 'transitions', 'unchanged', 'depth'] as const
  return figures.find(name => expect[name] !== undefined && counted[name] !== expect[name]) ?? null
}
