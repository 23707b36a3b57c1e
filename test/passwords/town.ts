import { passwordAccess } from '../../shared/passwords/access.ts'
import type { App } from '../../shared/ports.ts'
import type { MailboxRow } from '../../shared/store/schema.ts'
import { all } from '../../shared/store/store.ts'
import { town } from '../fakes/town.ts'
import { type Scene, World } from '../fakes/world.ts'

export const anna = 'anna@town.example'
export const bob = 'bob@town.example'

/** The town of the fakes, its accounts made through Graph, with a word on passwords. */
export function withPasswords(passwords: string, more = ''): Scene {
  const scene = town()
  const target = 'target:\n  kind: exchange-online\n  accounts: graph\n  usageLocation: BE'
  const playbook = scene.playbook.replace('target:\n  kind: exchange-server', target)
  return { ...scene, playbook: `${playbook}passwords: ${passwords}\n${more}` }
}

/** A world in which every account is made and its password set. */
export async function provisioned(passwords: string, more = ''): Promise<{ world: World; app: App }> {
  const world = new World(withPasswords(passwords, more))
  await world.run({
    until: async ({ store }) => (await all(store.mailboxes.list({}))).filter(row => row.targetReadyAt).length === 2,
  })
  return { world, app: world.app() }
}

/** A mailbox’s row. */
export async function mailboxRow(app: App, address: string): Promise<MailboxRow> {
  const stored = await app.store.mailboxes.get('town', address)
  if (!stored) throw new Error(`${address} is not there`)
  return stored.row
}

/** The token in the link that a notice would carry. */
export async function tokenFor(app: App, address: string): Promise<string> {
  const access = await passwordAccess(app, await mailboxRow(app, address))
  if (access.state !== 'link') throw new Error(`${address}: ${access.state}`)
  return access.url.replace('https://releve.test/api/once/', '')
}

/** The password that a page shows; undefined where it shows none. */
export function shown(html: string): string | undefined {
  return /<output[^>]*>([^<]+)<\/output>/.exec(html)?.[1]
}
