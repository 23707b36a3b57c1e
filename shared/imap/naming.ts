import type { Traits } from '../targets/target.ts'
import type { Wire } from './wire.ts'

/** Longest line that Exchange takes, without the line end: 9,900 bytes with it. */
const exchangeLineBytes = 9_898

/** What a server admits of itself: its personal namespace (RFC 2342), limits and habits. */
export async function traitsOf(wire: Wire): Promise<Traits> {
  let prefix = ''
  let delimiter = '/'
  const told = (text: string) => {
    const personal = /^\* NAMESPACE \(\("((?:[^"\\]|\\.)*)" "((?:[^"\\]|\\.)*)"/i.exec(text)
    if (!personal) return
    prefix = (personal[1] ?? '').replaceAll(/\\(.)/g, '$1')
    delimiter = (personal[2] ?? '/').replaceAll(/\\(.)/g, '$1')
  }
  if (wire.has('NAMESPACE')) await wire.must('NAMESPACE', ({ text }) => told(text))
  // Without NAMESPACE an empty LIST tells the delimiter (RFC 9051 6.3.9).
  else
    await wire.must('LIST "" ""', ({ text }) => {
      delimiter = /^\* LIST \([^)]*\) "\\?(.)"/i.exec(text)?.[1] ?? delimiter
    })
  const rebuilds = /microsoft exchange/i.test(wire.greetingText)
  const limit = [...wire.capabilities].map(name => /^APPENDLIMIT=(\d+)$/.exec(name)?.[1]).find(Boolean)
  return {
    prefix,
    delimiter,
    forbidden: delimiter,
    rebuilds,
    tellsUids: wire.has('UIDPLUS'),
    ...(limit === undefined ? {} : { mostBytes: Number(limit) }),
    ...(rebuilds ? { mostLineBytes: exchangeLineBytes } : {}),
  }
}
