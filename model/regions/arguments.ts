// The words that operations on regions are called with, as the interface lists them. Where a scope leaves a subject
// out, its words shrink to the first one, so that no search spends time on what cannot differ.

import { words } from '../../spec/interface.js'
import { type Bounds, type Of, oneOf, range, size, when } from '../kit/index.js'
import { filed, linux } from '../state.js'

const on = (name: string) => (bounds: Bounds) => bounds.switches[name] === 'on'

/** A length in pages. */
export const count = range(0, b => size(b, 'page'))
export const request = oneOf(...words.request)
export const sharing = when(b => size(b, 'object') > 0, oneOf(...words.sharing))
export const backing = when(filed, oneOf(...words.backing))
export const placement = oneOf(...words.placement)
export const filling = when(on('locking'), oneOf(...words.filling))
export const growth = when(on('stacks'), oneOf(...words.growth))
export const reserve = when(linux, oneOf(...words.reserve))
export const skew = oneOf(...words.skew)
export const moving = oneOf(...words.moving)
export type Moving = Of<typeof moving>
