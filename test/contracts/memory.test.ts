import { memorySource, memoryTarget } from '../fakes/imap.ts'
import { MemoryMailbox } from '../fakes/mailbox.ts'
import { memoryMeasure, memoryQuota } from '../fakes/measure.ts'
import type { Hands } from './hands.ts'
import { measureContract, quotaContract } from './measure.ts'
import { sourceContract } from './source.ts'
import { targetContract } from './target.ts'

function handsOf(mailbox: MemoryMailbox): Hands {
  return {
    prefix: mailbox.manners.prefix,
    delimiter: mailbox.manners.delimiter,
    make: async path => void mailbox.make(path),
    deliver: async (path, raw, flags = [], internalDate = 0) => mailbox.deliver(path, raw, flags, internalDate),
    setFlags: async (path, uid, flags) => mailbox.setFlags(path, uid, flags),
    expunge: async (path, uid) => mailbox.expunge(path, uid),
    remove: async path => void mailbox.folders.delete(path),
    read: async path =>
      mailbox.folder(path).messages.map(({ uid, raw, flags, internalDate }) => ({ uid, raw, flags, internalDate })),
    close: async () => {},
  }
}

for (const [what, manners] of Object.entries({
  'a memory server': {},
  'a memory server with large messages': { delimiter: '.', largeBytes: 10_000 },
  'a memory server with CONDSTORE': { condstore: true },
})) {
  sourceContract(what, async () => {
    const mailbox = new MemoryMailbox(manners)
    const { condstore = false } = mailbox.manners
    return { source: memorySource(mailbox), hands: handsOf(mailbox), close: async () => {}, condstore }
  })
}

for (const [what, manners] of Object.entries({
  'a memory server': {},
  'a memory server that tells no UIDs': { uidPlus: false },
  'a memory server that keeps few flags': { permanentFlags: ['\\Seen', '\\Flagged', '\\Deleted'] },
})) {
  targetContract(what, async () => {
    const mailbox = new MemoryMailbox(manners)
    return { target: memoryTarget(mailbox), hands: handsOf(mailbox), close: async () => {} }
  })
}

for (const quotaBytes of [undefined, 100_000])
  quotaContract(`a memory server, ${quotaBytes}`, quotaBytes, async () => {
    const mailbox = new MemoryMailbox(quotaBytes === undefined ? {} : { quotaBytes })
    return { look: async () => memoryQuota(mailbox), hands: handsOf(mailbox), close: async () => {} }
  })

measureContract('a memory server', async () => {
  const mailbox = new MemoryMailbox()
  return { look: async () => memoryMeasure(mailbox), hands: handsOf(mailbox), close: async () => {} }
})
