// Claims of the memory system, typed against its state.

import { claims, type State } from '../../model/index.js'

export const claim = claims<State>()
/** Paths in the state, as witnesses and diffs write them. */
export const pagePath = (space: number, page: number): string => `spaces[${space}].pages[${page}]`
