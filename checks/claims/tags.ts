// Claims about tags: by which CPUs tell the translations of spaces apart. Rules: spec/tlb.md#tags.

import { cpu, ids, space, translation, violated } from '../../model/index.js'
import { claim } from './claim.js'
import { isUsed, path } from './kept.js'

export const tagsClaims = [
  claim('tlb/tags-differ', {
    says: 'no two spaces have the same tag in one generation',
    rule: 'tlb.md#tags',
    also: ['TL6'],
    over: { space },
    always: true,
    holds: (m, at) => {
      const { tag, current } = m.spaces[at.space]
      const other = ids(m.spaces).find(s => s !== at.space && m.spaces[s].current && m.spaces[s].tag === tag)
      if (!current || other === undefined) return true
      return violated(
        `spaces ${at.space} and ${other} have tag ${tag}`,
        `spaces[${at.space}].tag`,
        `spaces[${other}].tag`,
      )
    },
  }),
  claim('tlb/tag-of-the-space', {
    says: 'a CPU that runs a process translates by the tag that its space has now',
    rule: 'tlb.md#tags',
    also: ['TL6', 'TL12'],
    over: { cpu },
    holds: (m, at) => {
      const { active, running, tag } = m.cpus[at.cpu]
      if (!m.limits.tagged || !running || active === null) return true
      if (m.spaces[active].current && m.spaces[active].tag === tag) return true
      return violated(
        `CPU ${at.cpu} runs space ${active} by tag ${tag}, which is not the space's`,
        `cpus[${at.cpu}].tag`,
        `spaces[${active}].tag`,
      )
    },
  }),
  claim('tlb/clean-when-taken-up', {
    says: 'a CPU that takes a process up has forgotten all that it knew before the generation of its tag',
    rule: 'tlb.md#tags',
    kind: 'step',
    interleaved: true,
    also: ['TL12'],
    over: { cpu },
    holds: (m, at, { before }) => {
      const { running, expired } = m.cpus[at.cpu]
      if (before.cpus[at.cpu].running || !running || !expired) return true
      return violated(
        `CPU ${at.cpu} takes a process up, and knows what is of another generation`,
        `cpus[${at.cpu}].expired`,
      )
    },
  }),
  claim('tlb/own-translations', {
    says: 'what a CPU finds in its TLB by its tag it has walked to in the space that it runs',
    rule: 'tlb.md#tags',
    also: ['TL6'],
    over: { cpu, translation },
    holds: (m, at) => {
      const { active, tlb } = m.cpus[at.cpu]
      const { holds, tag } = tlb[at.translation]
      if (!m.limits.tagged || holds.is === 'empty' || holds.is === 'global') return true
      if (!isUsed(m, at.cpu, tag) || holds.space === active) return true
      return violated(
        `CPU ${at.cpu} runs space ${active} and finds a translation of space ${holds.space}`,
        path(at.cpu, at.translation),
        `cpus[${at.cpu}].tag`,
      )
    },
  }),
]
