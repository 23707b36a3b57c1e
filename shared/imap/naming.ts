import { exchangeItemFolders, exchangeLineBytes, type Traits } from '../targets/target.ts'
import { personalOf } from './namespace.ts'
import type { Wire } from './wire.ts'

/** What a server admits of itself: its personal namespace (RFC 2342), limits and habits. */
export async function traitsOf(wire: Wire): Promise<Traits> {
  const personal = await personalOf(wire)
  const { delimiter } = personal
  const rebuilds = /microsoft exchange/i.test(wire.greetingText)
  const limit = [...wire.capabilities].map(name => /^APPENDLIMIT=(\d+)$/.exec(name)?.[1]).find(Boolean)
  return {
    ...personal,
    forbidden: delimiter,
    rebuilds,
    tellsUids: wire.has('UIDPLUS'),
    ...(limit === undefined ? {} : { mostBytes: Number(limit) }),
    ...(rebuilds ? { mostLineBytes: exchangeLineBytes, itemFolders: exchangeItemFolders } : {}),
  }
}
