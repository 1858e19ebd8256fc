// Claims about the implementation's objects: who maps them, where their pages are, and that everybody sees the same.

import { frameUse } from '../../impl/index.js'
import { objectField } from '../../impl/layout.js'
import { objectKind } from '../../impl/shared-memory/objects.js'
import { violated } from '../../model/index.js'
import type { MachineClaim } from './machine.js'
import {
  firstWrongEntry,
  frameIn,
  partsOf,
  regionAt,
  regionsOf,
  spacesOf,
  tally,
  where,
  wordsOf,
} from './memory-walk.js'

export const sharedMemoryMachineClaims: readonly MachineClaim[] = [
  {
    id: 'shared-memory/attachments-recount',
    says: 'an object counts the regions that map it, in all spaces',
    rule: 'shared-memory.md#attachments',
    also: ['SH1'],
    holds: machine => {
      const found = tally([], machine.boot.objects)
      for (const space of spacesOf(machine))
        for (const { object } of regionsOf(machine, space)) if (object >= 0 && object < found.length) found[object]++
      const wrong = found.findIndex((count, object) => machine.inspect.objectAt(object).attachments !== count)
      return (
        wrong < 0 ||
        violated(`object ${wrong} is mapped by ${found[wrong]} regions, and counts others`, `object ${wrong}`)
      )
    },
  },
  {
    id: 'shared-memory/pages-are-somewhere',
    says: 'pages of objects are in frames for pages or in slots that exist, no two in one, and none beyond an object’s end',
    rule: 'shared-memory.md#pages',
    also: ['SH3', 'SH5', 'I13', 'FR18'],
    holds: machine => {
      const { inspect, boot } = machine
      const seen = new Set<number>()
      for (const { object, index, word } of partsOf(machine)) {
        const place = `object ${object}, page ${index}`
        if (seen.has(word)) return violated('two pages of objects are in one place', place)
        seen.add(word)
        if (inspect.objectAt(object).kind === 'free' || index >= inspect.objectAt(object).size)
          return violated('an object has a page that it should not have', place)
        if (word > 0 ? inspect.useOf(word - 1) !== frameUse.page : ~word >= boot.slots)
          return violated('a page of an object is where no page can be', place)
      }
      return true
    },
  },
  {
    id: 'shared-memory/free-object-is-blank',
    says: 'an object that is gone keeps nothing but its sequence',
    rule: 'shared-memory.md#destruction',
    also: ['FR2'],
    holds: machine => {
      const words = wordsOf(machine)
      const { objects, objectWords } = machine.layout
      for (let object = 0; object < machine.boot.objects; object++) {
        const record = objects + object * objectWords
        if (words[record + objectField.kind] !== objectKind.free) continue
        for (let field = 0; field < objectWords; field++)
          if (words[record + field] !== 0 && field !== objectField.sequence)
            return violated(`object ${object} is gone and still holds something`, `object ${object}`)
      }
      return true
    },
  },
  {
    id: 'shared-memory/entry-shows-object',
    says: 'an entry shows the frame of the page of the object that is mapped there, and private memory no object’s',
    rule: 'shared-memory.md#pages',
    also: ['SH3', 'PT7', 'VM7'],
    holds: machine => {
      const objects = new Set(partsOf(machine).map(part => part.word - 1))
      return firstWrongEntry(machine, found => {
        const region = regionAt(machine, found)
        if (region === undefined) return null
        if (region.object < 0)
          return objects.has(frameIn(found)) ? violated('private memory shows an object', where(found)) : null
        const shown = machine.inspect.partAt(region.object, region.offset + found.page - region.start)
        return shown > 0 && shown - 1 === frameIn(found)
          ? null
          : violated(`an entry does not show object ${region.object}, which is mapped there`, where(found))
      })
    },
  },
]
