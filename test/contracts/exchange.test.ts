import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe } from 'node:test'
import type { Endpoint } from '../../shared/imap/session.ts'
import { openImapTarget } from '../../shared/targets/imap.ts'
import { type Dovecot, startDovecot } from '../sandbox/mail/dovecot.ts'
import { type ExchangeFront, type FrontOptions, startExchangeFront } from '../sandbox/mail/exchange-front.ts'
import { exchangeFolders } from '../sandbox/mail/exchange-words.ts'
import { handsOn } from './hands-imap.ts'
import { targetContract } from './target.ts'

const master = { user: 'bmaster', password: 'master-secret', separator: '*' }
const folders = exchangeFolders('nl')
const rebuilt = Buffer.from('X-Rebuilt: yes\r\n')
const alter = (raw: Buffer) => Buffer.concat([rebuilt, raw])
const essence = async (raw: Buffer) => raw.toString('latin1').replace(rebuilt.toString(), '')
const refuses = (raw: Buffer) =>
  raw
    .toString('latin1')
    .split('\n')
    .some(line => line.length >= 9_900)
const words = (capability: string) => `IMAP4rev1 NAMESPACE CHILDREN UNSELECT ID ${capability}`.trim()

/** What a Dovecot says it can do. */
const lesser: Record<string, string> = {
  'without UIDPLUS': words('LITERAL+ MULTIAPPEND'),
  'without LITERAL+': words('UIDPLUS MULTIAPPEND'),
  'with LITERAL- only': words('UIDPLUS LITERAL- MULTIAPPEND'),
  'without MULTIAPPEND': words('UIDPLUS LITERAL+ LITERAL-'),
  'without NAMESPACE': 'IMAP4rev1 UIDPLUS LITERAL+ MULTIAPPEND',
  'without LIST-STATUS, ESEARCH and CONDSTORE': words('UIDPLUS LITERAL+ MULTIAPPEND SPECIAL-USE'),
}

describe('the IMAP writer', { timeout: 240_000 }, () => {
  const dir = mkdtempSync(join(tmpdir(), 'writer-'))
  const servers = new Map<string, Dovecot>()
  let online: ExchangeFront
  let server: ExchangeFront

  const dovecot = async (name: string, more: { capability?: string; folders?: typeof folders }) => {
    const shape = { layout: 'new', users: 'any', password: 'user-secret', master, ...more } as const
    servers.set(name, await startDovecot({ dir: join(dir, `d${servers.size}`), ...shape }))
  }
  const at = (name: string): Dovecot => servers.get(name) as Dovecot

  before(async () => {
    for (const [name, capability] of Object.entries(lesser)) await dovecot(name, { capability })
    await dovecot('behind', { folders })
    const common: FrontOptions = {
      backend: { port: at('behind').port, master },
      token: async bearer => (bearer === 'good-token' ? { appId: 'app' } : undefined),
      mailboxExists: async () => true,
      folders,
      alter,
      estimates: true,
      maxErrors: 10,
    }
    const alias = /^TOWN\\migration\\(.+)$/
    online = await startExchangeFront(common)
    server = await startExchangeFront({
      ...common,
      maxConnections: 16,
      maxCommandBytes: 10_240,
      password: async ({ user, password }) => {
        const name = alias.exec(user)?.[1]
        return name !== undefined && password === 'delegate-secret' ? `${name}@town.example` : undefined
      },
    })
  })

  after(async () => {
    await Promise.all([online?.stop(), server?.stop()])
    await Promise.all([...servers.values()].map(one => one.kill9()))
    rmSync(dir, { recursive: true, force: true })
  })

  for (const name of Object.keys(lesser)) {
    targetContract(`Dovecot ${name}`, async () => {
      const { host, port } = at(name)
      const anna = 'anna@town.example'
      const hands = await handsOn({ host, port, user: anna, pass: 'user-secret' })
      const login = async () => ({ user: `${anna}*${master.user}`, pass: master.password })
      const target = await openImapTarget({ host, port, tls: 'none', login }, anna)
      return { target, hands, close: async () => void (await Promise.all([target.close(), hands.close()])) }
    })
  }

  const exchanges: Record<string, { front: () => ExchangeFront; name: string; login: Endpoint['login'] }> = {
    'Exchange Online (XOAUTH2)': {
      front: () => online,
      name: 'bruno@town.example',
      login: async () => ({ user: 'bruno@town.example', accessToken: 'good-token' }),
    },
    'Exchange Server (a delegate with DOMAIN\\account\\alias)': {
      front: () => server,
      name: 'chantal@town.example',
      login: async () => ({ user: 'TOWN\\migration\\chantal', pass: 'delegate-secret' }),
    },
  }
  for (const [what, { front, name, login }] of Object.entries(exchanges)) {
    targetContract(what, async () => {
      const hands = await handsOn({ host: '127.0.0.1', port: at('behind').port, user: name, pass: 'user-secret' })
      const target = await openImapTarget({ host: front().host, port: front().port, tls: 'none', login }, name)
      const close = async () => void (await Promise.all([target.close(), hands.close()]))
      return { target, hands, essence, refuses, close }
    })
  }
})
