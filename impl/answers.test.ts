// Answers in words.

import test from 'ava'
import { errors } from '../spec/interface.js'
import { describe, FAILED, FAILED_ENOMEM, SEGV_ACCERR, SEGV_MAPERR } from './answers.js'

test('every answer has a name', t => {
  t.is(describe(0), 'ok')
  t.is(describe(2 ** 40), 'ok')
  t.is(describe(SEGV_MAPERR), 'SIGSEGV MAPERR')
  t.is(describe(SEGV_ACCERR), 'SIGSEGV ACCERR')
  for (const [name, number] of Object.entries(errors)) t.is(describe(-number), name)
  t.is(describe(-999), 'unknown answer -999')
})

test('an error that left something changed says so', t => {
  t.is(describe(FAILED_ENOMEM), 'failed ENOMEM')
  t.is(describe(FAILED + -errors.EAGAIN), 'failed EAGAIN')
})
