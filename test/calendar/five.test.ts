import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { World } from '../fakes/world.ts'
import { isOver, type Part, sceneOf, told } from './played.ts'

/** A wave of each shipped playbook and what its people must be told: wall clock, offset, notice, reader, issuer, languages. */
const parts: (Part & { says: string; notDue: Record<string, string> })[] = [
  {
    playbook: 'secours',
    wave: 'spf00',
    day: '2025-04-07',
    mailboxes: [{ address: 'anna@spf00.example' }],
    notDue: { trouble: 'no mailbox is held' },
    says: `
    2025-03-24 09:30 +01:00 workbook federations@spf-team.example postmaster fr
    2025-03-29 09:00 +01:00 answers-reminder federations@spf-team.example postmaster fr
    2025-04-01 09:00 +02:00 answers-overdue federations@spf-team.example postmaster fr
    2025-04-02 09:30 +02:00 confirm-date federations@spf-team.example postmaster fr
    2025-04-02 10:00 +02:00 procedures anna@spf00.example postmaster fr
    2025-04-05 09:00 +02:00 cut anna@spf00.example postmaster fr
    2025-04-06 18:15 +02:00 accounts federations@spf-team.example postmaster fr
    2025-04-06 18:15 +02:00 done anna@spf00.example postmaster fr
    2025-04-06 18:15 +02:00 trustee transfert@spf-team.example postmaster fr
    2025-04-07 08:00 +02:00 day-j anna@spf00.example postmaster fr
    2025-04-21 09:00 +02:00 report federations@spf-team.example postmaster fr`,
  },
  {
    playbook: 'bma',
    wave: 'pilote',
    day: '2024-10-24',
    mailboxes: [{ address: 'po000001@adm.cfwb.be' }, { address: 'po000002@adm.cfwb.be' }],
    notDue: { trouble: 'no mailbox is held' },
    says: `
    2024-10-10 09:00 +02:00 mail-1 po000001@adm.cfwb.be sgne fr
    2024-10-10 09:00 +02:00 mail-1 po000002@adm.cfwb.be sgne fr
    2024-10-24 06:00 +02:00 mail-2 po000001@adm.cfwb.be etnic fr
    2024-10-24 06:00 +02:00 mail-2 po000002@adm.cfwb.be etnic fr
    2024-10-24 06:00 +02:00 mail-3 po000001@adm.cfwb.be sgne fr
    2024-10-24 06:00 +02:00 mail-3 po000002@adm.cfwb.be sgne fr
    2024-10-24 07:00 +02:00 mail-4 po000001@adm.cfwb.be etnic fr
    2024-10-24 07:00 +02:00 mail-4 po000002@adm.cfwb.be etnic fr
    2024-10-27 05:00 +01:00 unopened po000001@adm.cfwb.be etnic fr
    2024-10-27 05:00 +01:00 unopened po000002@adm.cfwb.be etnic fr`,
  },
  {
    playbook: 'police',
    wave: 'pilot-dri',
    day: '2025-04-07',
    mailboxes: [
      { address: 'anna@police.belgium.eu', entity: 'direction-dri' },
      { address: 'jan@police.belgium.eu', entity: 'zone-nord', language: 'nl' },
    ],
    notDue: { trouble: 'no mailbox is held' },
    says: `
    2025-03-17 09:00 +01:00 technicians systems@dri.example dri fr
    2025-03-17 09:00 +01:00 technicians systems@zone-north.example dri nl
    2025-03-17 09:00 +01:00 unit chief@zone-north.example dri nl
    2025-03-17 09:00 +01:00 unit secretariat@dri.example dri fr
    2025-03-31 09:00 +02:00 your-day anna@police.belgium.eu dri fr
    2025-03-31 09:00 +02:00 your-day jan@police.belgium.eu dri nl
    2025-04-04 09:00 +02:00 eve anna@police.belgium.eu dri fr
    2025-04-04 09:00 +02:00 eve jan@police.belgium.eu dri nl
    2025-04-07 18:30 +02:00 after anna@police.belgium.eu dri fr
    2025-04-07 18:30 +02:00 after jan@police.belgium.eu dri nl
    2025-04-21 09:00 +02:00 report chief@zone-north.example dri nl
    2025-04-21 09:00 +02:00 report secretariat@dri.example dri fr`,
  },
  {
    playbook: 'parquet',
    wave: 'bruxelles',
    day: '2025-04-07',
    mailboxes: [{ address: 'jan@om-mp.example', language: 'nl' }],
    notDue: { trouble: 'no mailbox is held' },
    says: `
    2025-03-17 09:00 +01:00 announcement ict@om-mp.example college fr+nl
    2025-03-24 09:00 +01:00 rules jan@om-mp.example college fr+nl
    2025-03-31 09:00 +02:00 rules-again jan@om-mp.example college fr+nl
    2025-03-31 09:30 +02:00 confirm-date ict@om-mp.example ict fr+nl
    2025-04-04 09:00 +02:00 eve jan@om-mp.example ict fr+nl
    2025-04-07 07:00 +02:00 done jan@om-mp.example ict fr+nl
    2025-04-07 08:00 +02:00 pass jan@om-mp.example ict fr+nl
    2025-04-07 12:00 +02:00 unopened jan@om-mp.example ict fr+nl
    2025-04-21 09:00 +02:00 report ict@om-mp.example college fr+nl`,
  },
  {
    playbook: 'sii93',
    wave: 'repetition',
    day: '2025-04-07',
    mailboxes: [{ address: 'anna@bobigny.example' }],
    notDue: { trouble: 'no mailbox is held' },
    says: `
    2025-03-24 09:00 +01:00 town dsi@bobigny.example sii fr
    2025-03-31 09:00 +02:00 your-day anna@bobigny.example sii fr
    2025-04-04 10:00 +02:00 eve anna@bobigny.example sii fr
    2025-04-07 19:00 +02:00 after anna@bobigny.example sii fr
    2025-04-21 09:00 +02:00 report dsi@bobigny.example sii fr`,
  },
]

describe('a shipped playbook is played to its end', { timeout: 120_000 }, () => {
  for (const { says, notDue, ...part } of parts) {
    test(`${part.playbook}: who is told what, when, in which language, from whom, once`, async () => {
      const world = new World(sceneOf(part))
      await world.run({ until: isOver })
      assert.equal((await world.wave())?.verdict, 'complete')
      // Within a minute the order is that of the line in which notices wait, and nobody's promise.
      const wanted = says.trim().split(/\n\s*/).sort()
      assert.deepEqual((await told(world)).sort(), wanted)
      const said = new Set(wanted.map(line => line.split(' ')[3]))
      const { notices } = world.readPlaybook(world.scene.playbook, part.playbook)
      assert.deepEqual(
        notices.map(({ notice }) => notice).filter(notice => !said.has(notice)),
        Object.keys(notDue),
      )
      const letters = world.readers.letters.map(({ to, messageId }) => `${to} ${messageId}`)
      assert.equal(new Set(letters).size, letters.length, 'somebody was told twice')
    })
  }
})
