import { openImapSource } from '../../shared/source/imap.ts'
import { startCourier } from '../sandbox/mail/courier.ts'
import { handsOn } from './hands-imap.ts'
import { sourceContract } from './source.ts'

const anna = 'anna@town.example'
const pass = 'own-secret'

sourceContract('Courier', async () => {
  const { host, port, stop } = await startCourier({ [anna]: pass })
  const hands = await handsOn({ host, port, user: anna, pass })
  const source = openImapSource({ host, port, tls: 'none', login: async () => ({ user: anna, pass }) }, anna)
  const close = async () => {
    await Promise.all([source.close(), hands.close()])
    await stop()
  }
  // It ends every message with a line end.
  const stores = (raw: Buffer) => (raw.at(-1) === 10 ? raw : Buffer.concat([raw, Buffer.from('\r\n')]))
  return { source, hands, close, stores, tellsUidNext: false }
})
