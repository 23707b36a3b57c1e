import { openImapSource } from '../../shared/source/imap.ts'
import { startCyrus } from '../sandbox/mail/cyrus.ts'
import { handsOn } from './hands-imap.ts'
import { sourceContract } from './source.ts'

const anna = 'anna@town.example'
const proxy = { user: 'migration', password: 'proxy-secret' }

sourceContract('Cyrus', async () => {
  const { host, port, stop } = await startCyrus({ [anna]: 'own-secret' }, proxy)
  const hands = await handsOn({ host, port, user: anna, pass: 'own-secret' })
  const login = async () => ({ user: proxy.user, authzid: anna, pass: proxy.password })
  const source = openImapSource({ host, port, tls: 'none', login }, anna)
  const close = async () => {
    await Promise.all([source.close(), hands.close()])
    await stop()
  }
  return { source, hands, close, condstore: true }
})
