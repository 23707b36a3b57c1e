import assert from 'node:assert/strict'
import { Failure } from '../../shared/errors.ts'
import type { Endpoint } from '../../shared/imap/session.ts'
import { openImapTarget } from '../../shared/targets/imap.ts'
import { startCyrus } from '../sandbox/mail/cyrus.ts'
import { startDovecot } from '../sandbox/mail/dovecot.ts'
import { type FrontOptions, startExchangeFront } from '../sandbox/mail/exchange-front.ts'
import { exchangeFolders } from '../sandbox/mail/exchange-words.ts'
import type { Engine } from './engine.ts'

export const anna = 'anna@town.example'
const master = { user: 'bmaster', password: 'master-secret', separator: '*' }

/** A server, and how mail gets into the mailbox of `anna` there. */
export type Server = { endpoint: Endpoint; stop(): Promise<void> }

const dovecot = async (dir: string, capability?: string): Promise<Server> => {
  const more = capability === undefined ? {} : { capability }
  const one = await startDovecot({ dir, layout: 'new', users: 'any', password: 'user-secret', master, ...more })
  const login = async () => ({ user: `${anna}*${master.user}`, pass: master.password })
  return { endpoint: { host: one.host, port: one.port, tls: 'none', login }, stop: () => one.kill9() }
}

/** Servers that mail goes to, each with its own ideas of what a message is. Cyrus refuses NUL, bare LF and bad headers, in words. */
export const servers = {
  Dovecot: (dir: string) => dovecot(dir),
  'Dovecot without MULTIAPPEND': (dir: string) => dovecot(dir, 'IMAP4rev1 UIDPLUS LITERAL+ NAMESPACE'),
  Cyrus: async () => {
    const cyrus = await startCyrus({ [anna]: 'own-secret' }, { user: 'migration', password: 'proxy-secret' })
    const login = async () => ({ user: 'migration', authzid: anna, pass: 'proxy-secret' })
    return { endpoint: { host: cyrus.host, port: cyrus.port, tls: 'none', login }, stop: () => cyrus.stop() }
  },
  Exchange: async (dir: string, more: Partial<FrontOptions> = {}) => {
    const folders = exchangeFolders('fr')
    const behind = await startDovecot({ dir, layout: 'new', users: 'any', password: 'user-secret', master, folders })
    const front = await startExchangeFront({
      backend: { port: behind.port, master },
      token: async bearer => (bearer === 'good-token' ? { appId: 'app' } : undefined),
      mailboxExists: async () => true,
      folders,
      maxErrors: 10,
      ...more,
    })
    const login = async () => ({ user: anna, accessToken: 'good-token' })
    const stop = async () => {
      await front.stop()
      await behind.kill9()
    }
    return { endpoint: { host: front.host, port: front.port, tls: 'none', login }, stop }
  },
} satisfies Record<string, (dir: string) => Promise<Server>>

/** Copies all of the engine’s mail there. Exchange cuts after ten errors; each connection must get further than the one before. */
export async function passed(engine: Engine, { endpoint }: Server, mostCuts = 0): Promise<void> {
  for (let cuts = 0; ; cuts++) {
    const target = await openImapTarget(endpoint, anna)
    try {
      await engine.pass({ target, limits: { messages: 40, bytes: 25_000_000 } })
      return
    } catch (error) {
      assert.ok(error instanceof Failure && error.verdict === 'transient' && cuts < mostCuts, String(error))
    } finally {
      await target.close()
    }
  }
}
