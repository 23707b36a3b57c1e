import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe } from 'node:test'
import { ImapFlow } from 'imapflow'
import type { Endpoint } from '../../shared/imap/session.ts'
import { openImapSource } from '../../shared/source/imap.ts'
import { openImapTarget } from '../../shared/targets/imap.ts'
import { type Dovecot, startDovecot } from '../sandbox/mail/dovecot.ts'
import type { Hands } from './hands.ts'
import { sourceContract } from './source.ts'
import { targetContract } from './target.ts'

const master = { user: 'bmaster', password: 'master-secret', separator: '*' }
const anna = 'anna@town.example'

describe('over IMAP', { timeout: 120_000 }, () => {
  const dir = mkdtempSync(join(tmpdir(), 'contracts-'))
  let old: Dovecot
  let fresh: Dovecot
  let bare: Dovecot

  before(async () => {
    const shape = { users: 'any', password: 'user-secret', master } as const
    ;[old, fresh, bare] = await Promise.all([
      startDovecot({ dir: join(dir, 'old'), layout: 'old', ...shape }),
      startDovecot({ dir: join(dir, 'new'), layout: 'new', ...shape }),
      startDovecot({ dir: join(dir, 'bare'), layout: 'old', ...shape, capability: 'IMAP4rev1' }),
    ])
  })

  after(async () => {
    await Promise.all([old.stop(), fresh.stop(), bare.stop()])
    rmSync(dir, { recursive: true, force: true })
  })

  for (const [what, server] of Object.entries({ 'Dovecot (maildir)': () => old, 'Dovecot (IMAP4rev1 only)': () => bare })) {
    sourceContract(what, async () => {
      const hands = await handsOn(server())
      const source = await openImapSource(endpoint(server()), anna)
      return { source, hands, close: async () => void (await Promise.all([source.close(), hands.close()])) }
    })
  }

  for (const [what, server] of Object.entries({ 'Dovecot (sdbox)': () => fresh, 'Dovecot (IMAP4rev1 only)': () => bare })) {
    targetContract(what, async () => {
      const hands = await handsOn(server())
      const target = await openImapTarget(endpoint(server()), anna)
      return { target, hands, close: async () => void (await Promise.all([target.close(), hands.close()])) }
    })
  }
})

function endpoint({ host, port }: Dovecot): Endpoint {
  return { host, port, tls: 'none', login: async () => ({ user: `${anna}*${master.user}`, pass: master.password }) }
}

/** The owner, with a mail program. */
async function handsOn({ host, port }: Dovecot): Promise<Hands> {
  const auth = { user: anna, pass: 'user-secret' }
  const client = new ImapFlow({ host, port, secure: false, doSTARTTLS: false, auth, logger: false, disableAutoIdle: true })
  client.on('error', () => {})
  await client.connect()
  const within = async <T>(path: string, work: () => Promise<T>) => {
    const lock = await client.getMailboxLock(path)
    try {
      return await work()
    } finally {
      lock.release()
    }
  }
  // CLOSE would expunge what is marked as deleted.
  const leave = () => client.mailboxOpen('INBOX', { readOnly: true })
  return {
    delimiter: client.namespace?.delimiter ?? '/',
    make: async path => void (await client.mailboxCreate(path)),
    async deliver(path, raw, flags = [], internalDate = 0) {
      // imapflow filters flags by the folder that is open, and knows a keyword only once it is there.
      return within(path, async () => {
        await client.append(path, raw, [], new Date(internalDate))
        await client.noop()
        const { uid } = (await client.fetchOne('*', { uid: true })) || { uid: 0 }
        if (flags.length > 0) await client.messageFlagsSet(String(uid), [...flags], { uid: true })
        return uid
      })
    },
    setFlags: (path, uid, flags) =>
      within(path, async () => void (await client.messageFlagsSet(String(uid), [...flags], { uid: true }))),
    expunge: (path, uid) => within(path, async () => void (await client.messageDelete(String(uid), { uid: true }))),
    async remove(path) {
      await leave()
      await client.mailboxDelete(path)
    },
    async read(path) {
      await leave()
      return within(path, async () => {
        const found = []
        const { exists = 0 } = client.mailbox || {}
        if (exists === 0) return []
        for await (const { uid, source, flags, internalDate } of client.fetch('1:*', {
          uid: true,
          flags: true,
          internalDate: true,
          source: true,
        })) {
          const kept = [...(flags ?? [])].filter(flag => flag !== '\\Recent').sort()
          found.push({ uid, raw: source ?? Buffer.alloc(0), flags: kept, internalDate: new Date(internalDate ?? 0).getTime() })
        }
        return found
      })
    },
    close: () => client.logout(),
  }
}
