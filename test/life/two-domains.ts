import assert from 'node:assert/strict'
import { act } from '../../shared/commands/act.ts'
import { rrset } from '../../shared/dns/records.ts'
import { Failure } from '../../shared/errors.ts'
import { all } from '../../shared/store/store.ts'
import { MemoryMailbox } from '../fakes/mailbox.ts'
import { town } from '../fakes/town.ts'
import { World } from '../fakes/world.ts'

export const hours = 3_600_000
export const eight = Date.UTC(2026, 2, 2, 7) // 08:00 in Brussels
export const [carl, dora, odile] = ['carl@port.example', 'dora@port.example', 'odile@help.example']
export const [old, fresh] = ['10 mx.old.example', '0 mx.new.example']

/**
 * The town, whose cutover is on 2 March at 08:00, with two mailboxes in a domain of its own, port.example, whose records nobody lets us change while
 * `sick.now`. Owners are told at 10:00 that they are let in.
 */
export function twoDomains(calendar = '  - { at: "D 08:00", step: cutover }\n'): [World, { now: boolean }] {
  const { playbook, wave, sources, targets } = town()
  const notice = (name: string, more: string) => `  - { notice: ${name}, ${more}, issuer: ict, languages: [en] }\n`
  const text = playbook
    .replace('calendar:\n', `calendar:\n${calendar && '  - { on: held, notice: trouble }\n'}${calendar}`)
    .replace(
      'notices:\n',
      `notices:\n${calendar && notice('trouble', 'template: operator-held, audience: operator, channel: smtp')}${notice('in', 'template: day-j, audience: owner, channel: append')}`,
    )
    .concat(`people: { operator: [${odile}] }\nchannels: { smtp: { host: 127.0.0.1, port: 25, tls: none } }\n`)
    .concat('links: { webmail: "https://mail.new.example/" }\ncontact: { address: help@town.example }\n')
  const world = new World({
    ...town(),
    playbook: text,
    wave: {
      ...wave,
      ...(calendar ? { day: '2026-03-02' } : {}),
      mailboxes: [...wave.mailboxes, { address: carl }, { address: dora }],
    },
    sources: new Map([...sources, [carl, new MemoryMailbox()], [dora, new MemoryMailbox()]]),
    targets: new Map([...targets, [carl, new MemoryMailbox()], [dora, new MemoryMailbox()]]),
    zone: { name: 'example', records: ['town.example', 'port.example'].map(name => rrset(name, 'MX', 90, [old])) },
    happens: [],
    start: Date.UTC(2026, 2, 1),
    turns: 60_000,
  })
  const sick = { now: true }
  const { replace } = world.zone.host
  world.zone.host.replace = async (zone, changes) => {
    if (sick.now && changes.some(({ before, after }) => (before ?? after)?.name === 'port.example'))
      throw new Failure({ verdict: 'permanent', during: 'changing', code: 'REFUSED', hint: 'Grant it to the key.' })
    return replace(zone, changes)
  }
  return [world, sick]
}

export const order = (world: World, action: Parameters<typeof act>[2], more: object = {}, who = 'Odile') =>
  act(world.app(), 'town', action, { why: 'a long evening', ...more }, who)
export const go = (world: World, who?: string) => order(world, 'approve', { step: 'cutover', without: ['port.example'] }, who)
export const told = ({ readers }: World) =>
  readers.letters.filter(({ to }) => to === odile).map(({ mime }) => mime.toString().replaceAll('=\r\n', ''))
export const at = (world: World, when: number) => world.run({ until: () => world.clock.now() >= when })
export const soon = (world: World, ms = 120_000) => at(world, world.clock.now() + ms)
export const mx = ({ zone }: World, name: string) => zone.read(name, 'MX')?.data[0]
export const both = (world: World) => [mx(world, 'town.example'), mx(world, 'port.example')]
export const domain = async ({ store }: World, name = 'port.example') => (await store.domains.get('town', name))?.row
export const box = async ({ store }: World, address: string) =>
  (await all(store.mailboxes.list({}))).find(one => one.address === address) ?? assert.fail()
export const waitsFor = async (world: World) => (await world.wave())?.waitsFor ?? ''
