import { enqueueWave } from '../../shared/commands/enqueue.ts'
import { storePlaybook } from '../../shared/commands/playbooks.ts'
import { waveRow } from '../../shared/commands/status.ts'
import { parseWave } from '../../shared/intake/wave.ts'
import type { Language } from '../../shared/intake/words.ts'
import { takeInventory } from '../../shared/inventory/take.ts'
import { inventoryWorkbook } from '../../shared/inventory/workbook.ts'
import type { App } from '../../shared/ports.ts'
import { keyPart } from '../../shared/store/columns.ts'
import { MemoryMailbox } from '../fakes/mailbox.ts'
import { betweenServers, letter } from '../fakes/town.ts'
import { type Scene, World } from '../fakes/world.ts'

export { answers, filled } from '../sandbox/rehearsal/workbook.ts'

export const day = 86_400_000

/** A playbook of a federation: licences with prices and quotas, a structure code, everything by workbook. */
export const playbook = betweenServers(
  'aid',
  `routing: { kind: none }
calendar:
  - { at: "D-14 09:00", step: inventory }
  - { at: "D-7 18:00", step: answers-due }
  - { at: "D-1 16:00", step: provision }
licences:
  E1: { sku: STANDARDPACK, price: 2.76, quota: 50 GB, browserOnly: true }
  E3: { sku: ENTERPRISEPACK, price: 8.24, quota: 100 GB }
inventory:
  mix: { E1: 2, E3: 1 }
  identifiers: { structure: ["ANT CE ### # ##### {######}"] }
`,
  'Europe/Paris',
)

export const people = ['anna@aid.example', 'bruno@aid.example', 'chloe@aid.example', 'contact@aid.example', 'old@aid.example']

/** A federation of five: two in use, one empty, a function’s, one that nobody reads. Day D is far enough for answers. */
export async function house(more: Partial<Scene> = {}): Promise<{ world: World; app: App }> {
  const filled = (messages: number, flags: readonly string[]) => {
    const mailbox = new MemoryMailbox().make('Sent', { role: '\\Sent' })
    for (let n = 0; n < messages; n++) mailbox.deliver('INBOX', letter(`m ${n}`), flags, 0)
    return mailbox
  }
  const sources = new Map([
    [people[0] ?? '', filled(4, ['\\Seen'])],
    [people[1] ?? '', filled(3, ['\\Seen'])],
    [people[2] ?? '', new MemoryMailbox()],
    [people[3] ?? '', filled(5, ['\\Seen'])],
    [people[4] ?? '', filled(2, [])],
  ])
  const world = new World({
    playbook,
    wave: { wave: 'aid', playbook: 'aid', day: '2027-04-07', mailboxes: people.map(address => ({ address })) },
    sources,
    targets: new Map(),
    ...more,
  })
  // What was read was read yesterday.
  for (const [address, mailbox] of sources) {
    const at = address.startsWith('old') ? world.clock.now() - 400 * day : world.clock.now() - day
    for (const { messages } of mailbox.folders.values()) for (const one of messages) one.internalDate = at
  }
  const app = world.app()
  const { wave } = world.scene
  await storePlaybook(app, wave.playbook, world.scene.playbook, 'application/yaml', 'operator')
  await enqueueWave(app, await parseWave(JSON.stringify(wave), 'application/json'), 'operator')
  await takeInventory(app, await waveRow(app, wave.wave))
  return { world, app }
}

/** From now on the inventory has a mailbox with so many bytes. */
export async function holding(app: App, address: string, sizeBytes: number): Promise<void> {
  const { row } = (await app.store.inventories.get('aid', keyPart(address))) ?? {}
  if (!row?.measured) throw new Error('it was not looked at')
  await app.store.inventories.put([{ ...row, measured: { ...row.measured, sizeBytes } }])
}

/** The workbook that the coordinator of the house gets. */
export async function sent(app: App, language: Language = 'fr', entity?: string): Promise<Uint8Array> {
  const file = await inventoryWorkbook(app, await waveRow(app, 'aid'), { language, entity })
  if (!file) throw new Error('there is no workbook')
  return file.content
}

/** An answer without a fault, in French. */
export const right = {
  'anna@aid.example': { 'Conserver ?': 'oui', Type: 'E3', Nom: 'Martin', Prénom: 'Anna', structure: 'ANT CE 055 0 00000 002689' },
  'bruno@aid.example': { 'Conserver ?': 'oui', Type: 'E1', Nom: 'Leroy', Prénom: 'Bruno', Téléphone: '+33 1 23 45 67 89' },
  'chloe@aid.example': { 'Conserver ?': 'oui', Type: 'alias', 'Alias de': 'anna@aid.example' },
  'contact@aid.example': { 'Conserver ?': 'oui', Type: 'partagée', Membres: 'anna@aid.example; bruno@aid.example' },
  'old@aid.example': { 'Conserver ?': 'non', Type: '' },
  'david@aid.example': { 'Conserver ?': 'oui', Type: 'E1', Nom: 'Petit', Prénom: 'David' },
}
