import { Flush, mutant, writeBack } from '../../../model/index.js'
import { cachedFrame } from '../../../model/files/files.js'
import { go, need } from '../../../model/index.js'
import { mappingsOf } from '../../../model/swap/mappings.js'
