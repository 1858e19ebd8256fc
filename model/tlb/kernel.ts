// vmap and vunmap: the kernel maps a frame for itself, and takes it away again. The kernel half is the same in all roots, so
// what CPUs keep of it bears no tag and outlives every switch and every flush of a space: whoever takes something away
// there has to ask all of them. Rule: spec/tlb.md#global.

import { putFrame, takeFrame } from '../frames/frames.js'
import { block, disabled, need, optional, refuse, weak } from '../kit/index.js'
import { Content, type Cpu, Flush, type Frame, frame, kernelPage, type M, operation } from '../state.js'
import { shootdownSteps } from './shootdown.js'

interface Mapping {
  readonly cpu: Cpu
  readonly kernelPage: Parameters<typeof Flush.kernel>[0]['kernelPage']
  frame: Frame | null
}
/** A first step: the entry is this CPU's to change, if it is there, or not there, as asked. */
const take = (there: boolean) => (m: M, my: Mapping) => {
  const it = m.kernel[my.kernelPage]
  if ((it.frame !== null) !== there) return disabled
  if (it.lock !== null) return block
  it.lock = my.cpu
}
const giveBack = (m: M, my: Mapping): void => {
  m.kernel[my.kernelPage].lock = null
}

export const vmap = operation('vmap', {
  concurrent: true,
  rule: 'tlb.md#global',
  answers: [refuse('ENOMEM')],
  args: { kernelPage: weak(kernelPage) },
  locals: { frame: optional(frame) },
}).steps(
  {
    take: take(false),
    frame: takeFrame(
      () => true,
      () => refuse('ENOMEM'),
    ),
    map: (m, my) => {
      const f = need(my.frame)
      m.frames[f].content = Content.zero
      m.kernel[my.kernelPage].frame = f
      my.frame = null
    },
    giveBack,
  },
  ['giveBack'],
)

export const vunmap = operation('vunmap', {
  concurrent: true,
  rule: 'tlb.md#global',
  args: { kernelPage: weak(kernelPage) },
  locals: { frame: optional(frame) },
}).steps(
  {
    take: take(true),
    clear: (m, my) => {
      const it = m.kernel[my.kernelPage]
      my.frame = it.frame
      it.frame = null
    },
    ...shootdownSteps<Mapping, 'forget', 'give'>(
      'forget',
      (_m, my) => Flush.kernel({ kernelPage: my.kernelPage }),
      'give',
    ),
    give: (m, my) => {
      putFrame(m, need(my.frame))
      my.frame = null
    },
    giveBack,
  },
  ['giveBack'],
)
