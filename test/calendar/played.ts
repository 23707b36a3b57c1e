import { readFileSync } from 'node:fs'
import { Temporal } from 'temporal-polyfill'
import { diaryOf } from '../../shared/calendar/diary.ts'
import { act } from '../../shared/commands/act.ts'
import { rrset } from '../../shared/dns/records.ts'
import { acceptAnswers } from '../../shared/inventory/answers.ts'
import { all } from '../../shared/store/store.ts'
import { MemoryMailbox } from '../fakes/mailbox.ts'
import { letter } from '../fakes/town.ts'
import type { Scene, World } from '../fakes/world.ts'

/** One of the five shipped playbooks, the day D of one wave of it, and its mailboxes. */
export type Part = { playbook: string; wave: string; day: string; mailboxes: { address: string; [more: string]: unknown }[] }

const folder = new URL('../../shared/playbooks/', import.meta.url)

/** A world in which a shipped playbook is played as it stands in its file, from four weeks before D. `late`: how long late mail is followed. */
export function sceneOf({ playbook, wave, day, mailboxes }: Part, late = 'PT1H'): Scene {
  // Days of late mail would say nothing more of the calendar, and cost looks by the minute.
  const text = readFileSync(new URL(`${playbook}.yaml`, folder), 'utf8').replace(/^lateMail: .*$/m, `lateMail: { for: ${late} }`)
  const domain = mailboxes[0]?.address.split('@')[1] ?? ''
  const old = () => {
    const mailbox = new MemoryMailbox()
    mailbox.deliver('INBOX', letter('a letter'), [], Date.UTC(2024, 0, 1))
    return mailbox
  }
  return {
    playbook: text,
    wave: { wave, playbook, day, mailboxes },
    sources: new Map(mailboxes.map(({ address }) => [address, old()])),
    targets: new Map(mailboxes.map(({ address }) => [address, new MemoryMailbox()])),
    zone: { name: domain, records: [rrset(domain, 'MX', 90, ['10 mx.old.example'])] },
    start: Temporal.PlainDate.from(day).subtract({ days: 28 }).toZonedDateTime('Europe/Paris').epochMilliseconds,
    turns: 200_000,
  }
}

/** What people of a world have said, each once unless he was cut off. */
const words = new WeakMap<World, Set<string>>()

/**
 * Plays the people whom the calendar waits for: each says yes as the one he is, and where he was cut off looks first whether his word is there. The
 * coordinator sends `answer`, a CSV; without it missing answers are given up by the operator.
 */
export async function actForPeople(world: World, answer?: string): Promise<void> {
  const given = words.get(world) ?? new Set<string>()
  words.set(world, given)
  const { scene, store } = world
  const app = world.process ?? world.app()
  const playbook = world.readPlaybook(scene.playbook, scene.wave.playbook)
  for (const { step, day, open = [] } of await all(store.steps.list({ states: ['waiting-for-people'] }))) {
    if (step === 'inventory' || step === 'open') continue
    for (const one of open) {
      const word = `${one} ${step} ${day}`
      if (given.has(word)) continue
      const holder = Object(playbook.people)[one]?.[0] ?? one
      const order = { why: 'everybody agrees', step, ...(holder === one ? {} : { as: one }) }
      const wave = await world.wave()
      if (wave?.approvals?.some(said => said.step === step && said.who === holder && said.day === day)) continue
      if (wave && step === 'answers-due' && answer !== undefined)
        await acceptAnswers(app, wave, Buffer.from(answer), 'text/csv', 'coordinator', { entity: one })
      else if (step === 'answers-due')
        await act(app, scene.wave.wave, 'skip', { why: 'nobody answers', steps: [step] }, 'operator')
      else await act(app, scene.wave.wave, 'approve', order, holder)
      given.add(word)
    }
  }
}

/** When nothing of the calendar is ahead: the wave is closed and every timed entry had its end. */
export async function isOver(world: World, answer?: string): Promise<boolean> {
  await actForPeople(world, answer)
  if ((await world.wave())?.state !== 'closed') return false
  const ahead = await all(world.store.steps.list({ states: ['planned', 'doing', 'waiting-for-people'] }))
  const owed = await all(world.store.notices.list({ states: ['due'] }))
  return ahead.length + owed.length === 0
}

/** The notices of a wave that has been played: when on the wall clock (to the minute), what, to whom, from whom, in which languages. */
export async function told(world: World): Promise<string[]> {
  const wave = await world.wave()
  if (!wave) throw new Error('there is no wave')
  const diary = await diaryOf(world.app(), wave)
  return diary
    .filter(({ kind }) => kind === 'notice')
    .map(({ local, state, what, to, issuer, languages }) =>
      [
        local.slice(0, 16).replace('T', ' '),
        local.slice(16, 22),
        what,
        to,
        issuer,
        languages?.join('+'),
        ...(state === 'happened' ? [] : [state]),
      ].join(' '),
    )
}
