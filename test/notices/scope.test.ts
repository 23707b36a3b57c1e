import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { describe, test } from 'node:test'
import { gatesOf } from '../../shared/commands/enqueue.ts'
import { waveStatus } from '../../shared/commands/status.ts'
import type { Language } from '../../shared/intake/words.ts'
import { letterOf } from '../../shared/notices/letter.ts'
import { textOf } from '../../shared/notices/mime.ts'
import { parsePlaybook } from '../../shared/playbooks/playbook.ts'
import { mailboxRow, waveRow } from '../fakes/rows.ts'
import { town } from '../fakes/town.ts'
import { World } from '../fakes/world.ts'

const textIn = (name: string) => readFileSync(new URL(`../../shared/playbooks/${name}.yaml`, import.meta.url), 'utf8')

/** What a playbook writes to the owner, or the coordinator, of one mailbox. */
function told(book: string, notice: string, language: Language, kind: 'user' | 'shared' = 'user'): string {
  const name = String(/^playbook: (.*)$/m.exec(book)?.[1])
  const playbook = parsePlaybook(book, undefined, name)
  const address = 'zone.nord@police.example'
  const day = '2025-04-07'
  const letter = letterOf({
    playbook,
    wave: waveRow({ playbook: name, day, gates: gatesOf(playbook, day), state: 'finishing' }),
    notice,
    to: address,
    messageId: '<1@x.example>',
    date: 0,
    about: [mailboxRow({ address, state: 'draining', wanted: { address, kind } })],
    staysBehind: false,
    language,
  })
  assert.ok(letter)
  return textOf(letter.parts, letter.dress).replaceAll(/\s+/g, ' ')
}

test('calendars, contacts and tasks that are copied are promised before, and nobody is told to take them along', () => {
  const police = textIn('police')
    .replace('  imap:\n', '  dav: { url: "https://dav.chancellery.example/{user}/" }\n  imap:\n')
    .replace('calendars: elsewhere', 'calendars: copy')
  const promises = { fr: /agendas, les contacts et les tâches/, nl: /agenda’s, contacten en taken/i }
  for (const [language, promise] of Object.entries(promises) as ['fr' | 'nl', RegExp][]) {
    for (const notice of ['unit', 'your-day']) assert.match(told(police, notice, language), promise, notice)
    for (const notice of ['after', 'report']) assert.doesNotMatch(told(police, notice, language), promise, notice)
    for (const notice of ['unit', 'your-day', 'after', 'report'])
      assert.doesNotMatch(told(police, notice, language), /séparément|afzonderlijk|exporte/, notice)
  }
})

describe('calendars, contacts and tasks, which are not copied', () => {
  test('are named to the readers of bma before and after, whose they are to take along', () => {
    const bma = textIn('bma')
    assert.match(told(bma, 'mail-1', 'fr'), /agendas, les contacts et les tâches ne sont pas repris/)
    assert.match(told(bma, 'mail-3', 'fr'), /agendas, les contacts et les tâches n’ont pas été copiés/)
  })

  test('are brought elsewhere in police, whose people have nothing to do', () => {
    const police = textIn('police')
    for (const notice of ['unit', 'your-day', 'after', 'report']) {
      assert.match(
        told(police, notice, 'fr'),
        /les agendas, les contacts et les tâches (?:sont repris|le sont) séparément/i,
        notice,
      )
      assert.match(told(police, notice, 'nl'), /agenda’s, contacten en taken worden afzonderlijk overgenomen/i, notice)
    }
    assert.match(told(police, 'your-day', 'fr'), /- Vous n’avez rien à faire avant ni pendant/)
  })

  test('are not spoken of where there are none', () => {
    const none = textIn('bma').replace(/^playbook: bma$/m, 'playbook: bma\ncopy: { calendars: none }')
    for (const notice of ['mail-1', 'mail-3']) assert.doesNotMatch(told(none, notice, 'fr'), /agendas/)
  })

  test('brought elsewhere, they are left to do of a wave that ended complete', async () => {
    const toDo = async (calendars: string) => {
      const scene = town()
      const here = new World({ ...scene, playbook: scene.playbook.replace(/^copy:.*$/m, `copy: { calendars: ${calendars} }`) })
      await here.run()
      return (await waveStatus(here.app(), 'town')).toDo?.join('\n') ?? ''
    }
    assert.match(await toDo('elsewhere'), /see that calendars, contacts and tasks were brought/)
    assert.doesNotMatch(await toDo('left'), /calendars/)
  })
})

test('people of police are told the two networks and the room of their new mailbox, in their language', () => {
  const police = textIn('police')
  assert.match(told(police, 'after', 'fr'), /grande capacité de stockage.*réseau HiLDE.*Internet/)
  assert.match(told(police, 'after', 'nl'), /grote opslagruimte.*HiLDE-netwerk.*internet/)
})

test('who opens a shared mailbox is told of no password and no account of its own, but how he opens it', () => {
  const police = textIn('police')
  for (const [language, own, password] of [
    ['fr', /à partir de son propre compte/, /[Vv]otre mot de passe n/],
    ['nl', /vanuit zijn of haar eigen account/, /[Uu]w wachtwoord/],
  ] as const) {
    const shared = told(police, 'after', language, 'shared')
    assert.match(shared, own)
    // The foot says in every notice that nobody asks for a password.
    assert.doesNotMatch(shared.replace(/(?:Nous ne vous|Wij vragen u).*$/, ''), password)
    assert.doesNotMatch(shared, /type “Exchange”|compte « Exchange »/)
    assert.match(told(police, 'after', language), password)
  }
  assert.doesNotMatch(told(textIn('bma'), 'mail-3', 'fr', 'shared'), /identifiant|Votre mot de passe/)
})
