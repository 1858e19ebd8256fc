// Which protections a process may have: writable or executable, never both at once. Rule: spec/protection.md#w-xor-x.

import { match } from 'ts-pattern'
import { requests } from '../../spec/interface.js'
import { decision, oneOf } from '../kit/index.js'

export const grantDecision = decision('grant', 'protection.md#w-xor-x', { request: oneOf(...requests) }, x =>
  match(x.request)
    .with('rwx', () => 'refuse' as const)
    .with('none', 'r', 'rw', 'rx', granted => granted)
    .exhaustive(),
)
