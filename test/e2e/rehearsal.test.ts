import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { describe, test } from 'node:test'
import { dayFaults } from '../../shared/calendar/windows.ts'
import { licenceHere } from '../sandbox/rehearsal/adapt.ts'
import { castOf } from '../sandbox/rehearsal/cast.ts'

const root = resolve(import.meta.dirname, '../..')
const bma = readFileSync(join(root, 'shared/playbooks/bma.yaml'), 'utf8')

/**
 * What is written down for D = 7 April 2025, a week after the clocks changed, of the pilot or first wave of each shipped playbook with three mailboxes:
 * wall clock and offset, what, and of a notice to whom, in which languages, from whom, by which way. Minutes are cut to a quarter,
 * since the clock goes on while servers work, and a notice that met a busy server is sent again some minutes later.
 */
const diaries: Record<string, string> = {
  secours: `
    2025-03-09 07:00 +01:00 enqueue operator
    2025-03-24 09:00 +01:00 inventory
    2025-03-24 09:30 +01:00 workbook coordination@fed00.example fr postmaster smtp
    2025-03-29 09:00 +01:00 answers-reminder coordination@fed00.example fr postmaster smtp
    2025-03-30 10:00 +02:00 answer coordination@fed00.example
    2025-03-31 18:00 +02:00 answers-due
    2025-04-02 09:00 +02:00 approve confirm night@spf-team.example
    2025-04-02 09:30 +02:00 confirm-date coordination@fed00.example fr postmaster smtp
    2025-04-02 10:00 +02:00 approve confirm coordination@fed00.example
    2025-04-02 10:00 +02:00 confirm
    2025-04-02 10:00 +02:00 follow-answers coordination@fed00.example
    2025-04-02 10:00 +02:00 procedures anna@spf00.org fr postmaster smtp
    2025-04-02 10:00 +02:00 procedures benoit@spf00.org fr postmaster smtp
    2025-04-04 19:00 +02:00 begun
    2025-04-05 09:00 +02:00 cut anna@spf00.org fr postmaster smtp
    2025-04-05 09:00 +02:00 cut benoit@spf00.org fr postmaster smtp
    2025-04-06 16:00 +02:00 approve freeze night@spf-team.example
    2025-04-06 16:00 +02:00 freeze
    2025-04-06 18:00 +02:00 open
    2025-04-06 18:00 +02:00 spf00.org switched
    2025-04-06 18:00 +02:00 switched
    2025-04-06 18:15 +02:00 accounts coordination@fed00.example fr postmaster smtp
    2025-04-06 18:15 +02:00 done anna@spf00.org fr postmaster append
    2025-04-06 18:15 +02:00 done benoit@spf00.org fr postmaster append
    2025-04-06 18:15 +02:00 trustee pop-transfert@fed00.example fr postmaster smtp
    2025-04-06 19:15 +02:00 fetch-passwords holder of a link
    2025-04-07 08:00 +02:00 day-j anna@spf00.org fr postmaster append
    2025-04-07 08:00 +02:00 day-j benoit@spf00.org fr postmaster append
    2025-04-07 08:00 +02:00 day-j nouveau@spf00.org fr postmaster append
    2025-04-21 09:00 +02:00 closed: complete
    2025-04-21 09:00 +02:00 report coordination@fed00.example fr postmaster smtp`,
  police: `
    2025-03-09 07:00 +01:00 enqueue operator
    2025-03-10 20:00 +01:00 inventory
    2025-03-17 09:00 +01:00 technicians systems@dri.example fr dri smtp
    2025-03-17 09:00 +01:00 technicians systems@zone-north.example nl dri smtp
    2025-03-17 09:00 +01:00 unit chief@zone-north.example nl dri smtp
    2025-03-17 09:00 +01:00 unit secretariat@dri.example fr dri smtp
    2025-03-31 09:00 +02:00 your-day anna@police.example nl dri smtp
    2025-03-31 09:00 +02:00 your-day benoit@police.example fr dri smtp
    2025-03-31 09:00 +02:00 your-day clara@police.example fr dri smtp
    2025-04-03 19:00 +02:00 begun
    2025-04-04 09:00 +02:00 eve anna@police.example nl dri smtp
    2025-04-04 09:00 +02:00 eve benoit@police.example fr dri smtp
    2025-04-04 09:00 +02:00 eve clara@police.example fr dri smtp
    2025-04-07 18:30 +02:00 after anna@police.example nl dri append
    2025-04-07 18:30 +02:00 after benoit@police.example fr dri append
    2025-04-07 18:30 +02:00 after clara@police.example fr dri append
    2025-04-07 18:30 +02:00 switched
    2025-04-21 09:00 +02:00 approve pilot dri-night@police.example
    2025-04-21 09:00 +02:00 closed: complete
    2025-04-21 09:00 +02:00 report chief@zone-north.example nl dri smtp
    2025-04-21 09:00 +02:00 report secretariat@dri.example fr dri smtp`,
  bma: `
    2025-03-09 07:00 +01:00 enqueue operator
    2025-03-17 20:00 +01:00 inventory
    2025-03-24 09:00 +01:00 mail-1 po000001@adm.cfwb.be fr sgne smtp
    2025-03-24 09:00 +01:00 mail-1 po000002@adm.cfwb.be fr sgne smtp
    2025-03-24 09:00 +01:00 mail-1 po000003@adm.cfwb.be fr sgne smtp
    2025-04-05 19:00 +02:00 begun
    2025-04-05 19:00 +02:00 hand-in-passwords operator
    2025-04-07 06:00 +02:00 mail-2 po000001@adm.cfwb.be fr etnic source-append
    2025-04-07 06:00 +02:00 mail-2 po000002@adm.cfwb.be fr etnic source-append
    2025-04-07 06:00 +02:00 mail-2 po000003@adm.cfwb.be fr etnic source-append
    2025-04-07 06:00 +02:00 mail-3 po000001@adm.cfwb.be fr sgne source-append
    2025-04-07 06:00 +02:00 mail-3 po000002@adm.cfwb.be fr sgne source-append
    2025-04-07 06:00 +02:00 mail-3 po000003@adm.cfwb.be fr sgne source-append
    2025-04-07 06:00 +02:00 switched
    2025-04-07 07:00 +02:00 open-link holder of a link, po000001@adm.cfwb.be
    2025-04-07 07:00 +02:00 open-link holder of a link, po000003@adm.cfwb.be
    2025-04-07 08:00 +02:00 open
    2025-04-10 06:00 +02:00 unopened po000002@adm.cfwb.be fr etnic source-append
    2025-04-10 07:00 +02:00 open-link holder of a link, po000002@adm.cfwb.be
    2025-04-14 06:00 +02:00 mail-4 po000001@adm.cfwb.be fr etnic source-append
    2025-04-14 06:00 +02:00 mail-4 po000002@adm.cfwb.be fr etnic source-append
    2025-04-14 06:00 +02:00 mail-4 po000003@adm.cfwb.be fr etnic source-append
    2025-04-21 09:00 +02:00 approve pilot night@etnic.example
    2025-04-21 09:00 +02:00 closed: complete
    2025-04-21 10:00 +02:00 approve pilot sgne@adm.example`,
  sii93: `
    2025-03-09 07:00 +01:00 enqueue operator
    2025-03-24 09:00 +01:00 town direction@sii93.example fr sii smtp
    2025-03-31 09:00 +02:00 your-day anna@essai.sii93.example fr sii smtp
    2025-03-31 09:00 +02:00 your-day benoit@essai.sii93.example fr sii smtp
    2025-03-31 09:00 +02:00 your-day clara@essai.sii93.example fr sii smtp
    2025-04-02 20:00 +02:00 begun
    2025-04-04 10:00 +02:00 eve anna@essai.sii93.example fr sii smtp
    2025-04-04 10:00 +02:00 eve benoit@essai.sii93.example fr sii smtp
    2025-04-04 10:00 +02:00 eve clara@essai.sii93.example fr sii smtp
    2025-04-07 19:00 +02:00 after anna@essai.sii93.example fr sii append
    2025-04-07 19:00 +02:00 after benoit@essai.sii93.example fr sii append
    2025-04-07 19:00 +02:00 after clara@essai.sii93.example fr sii append
    2025-04-07 19:00 +02:00 essai.sii93.example switched
    2025-04-07 19:00 +02:00 switched
    2025-04-21 09:00 +02:00 approve pilot night@sii93.example
    2025-04-21 09:00 +02:00 closed: complete
    2025-04-21 09:00 +02:00 report direction@sii93.example fr sii smtp
    2025-04-21 10:00 +02:00 approve pilot direction@sii93.example`,
  parquet: `
    2025-03-09 07:00 +01:00 enqueue operator
    2025-03-17 09:00 +01:00 announcement secretariat@parquet-federal.example fr+nl college smtp
    2025-03-17 09:00 +01:00 announcement sekretariat@parquet-eupen.example de+fr college smtp
    2025-03-24 09:00 +01:00 rules anna@parquet.example fr+nl college smtp
    2025-03-24 09:00 +01:00 rules benoit@parquet.example de+fr college smtp
    2025-03-24 09:00 +01:00 rules clara@parquet.example fr+nl college smtp
    2025-03-24 10:00 +01:00 acknowledge anna@parquet.example
    2025-03-24 10:00 +01:00 acknowledge clara@parquet.example
    2025-03-31 09:00 +02:00 rules-again benoit@parquet.example de+fr college smtp
    2025-03-31 09:30 +02:00 confirm-date secretariat@parquet-federal.example fr+nl ict smtp
    2025-03-31 09:30 +02:00 confirm-date sekretariat@parquet-eupen.example de+fr ict smtp
    2025-03-31 10:00 +02:00 acknowledge benoit@parquet.example
    2025-03-31 10:00 +02:00 approve confirm PG Anvers
    2025-03-31 10:00 +02:00 approve confirm PG Bruxelles
    2025-03-31 10:00 +02:00 approve confirm PG Gand
    2025-03-31 10:00 +02:00 approve confirm PG Liège
    2025-03-31 10:00 +02:00 approve confirm PG Mons
    2025-03-31 10:00 +02:00 approve confirm procureur fédéral
    2025-03-31 10:00 +02:00 confirm
    2025-04-01 09:00 +02:00 planned anna@parquet.example fr+nl ict smtp
    2025-04-01 09:00 +02:00 planned benoit@parquet.example de+fr ict smtp
    2025-04-01 09:00 +02:00 planned clara@parquet.example fr+nl ict smtp
    2025-04-03 19:00 +02:00 begun
    2025-04-04 09:00 +02:00 eve anna@parquet.example fr+nl ict smtp
    2025-04-04 09:00 +02:00 eve benoit@parquet.example de+fr ict smtp
    2025-04-04 09:00 +02:00 eve clara@parquet.example fr+nl ict smtp
    2025-04-07 07:00 +02:00 done anna@parquet.example fr+nl ict append
    2025-04-07 07:00 +02:00 done benoit@parquet.example de+fr ict append
    2025-04-07 07:00 +02:00 done clara@parquet.example fr+nl ict append
    2025-04-07 07:00 +02:00 switched
    2025-04-07 08:00 +02:00 open
    2025-04-07 08:00 +02:00 pass anna@parquet.example fr+nl ict source-append
    2025-04-07 08:00 +02:00 pass benoit@parquet.example de+fr ict source-append
    2025-04-07 08:00 +02:00 pass clara@parquet.example fr+nl ict source-append
    2025-04-07 09:00 +02:00 open-link holder of a link, anna@parquet.example
    2025-04-07 09:00 +02:00 open-link holder of a link, clara@parquet.example
    2025-04-07 09:00 +02:00 tell-code operator, anna@parquet.example
    2025-04-07 09:00 +02:00 tell-code operator, clara@parquet.example
    2025-04-07 12:00 +02:00 unopened benoit@parquet.example de+fr ict source-append
    2025-04-07 13:00 +02:00 open-link holder of a link, benoit@parquet.example
    2025-04-07 13:00 +02:00 tell-code operator, benoit@parquet.example
    2025-04-21 09:00 +02:00 approve pilot night@om-mp.example
    2025-04-21 09:00 +02:00 closed: complete
    2025-04-21 09:00 +02:00 report secretariat@parquet-federal.example fr+nl college smtp
    2025-04-21 09:00 +02:00 report sekretariat@parquet-eupen.example de+fr college smtp
    2025-04-21 10:00 +02:00 approve pilot ict@om-mp.example`,
}

/** The lines that a rehearsal printed, by playbook, in the order of the clock. */
function linesIn(output: string): Map<string, string[]> {
  const lines = output.split('\n').flatMap(line => {
    const found = /^(\w+) +\w{3} (\S+) (\d\d):(\d\d) (\S+) +(\w+) +(\S.*?)(?: {2,}(.*))?$/.exec(line)
    if (!found) return []
    const [, name = '', day, hour, minute, offset, kind, what, rest = ''] = found
    const [, to, languages, issuer, way] = /^to (\S+), (\S+), from (\S+), by ([^:]+)/.exec(rest) ?? []
    const details = kind === 'notice' ? [to, languages, issuer, way].join(' ') : rest
    const quarter = String(Math.floor(Number(minute) / 15) * 15).padStart(2, '0')
    // The answer that gives her mailbox up is followed in the very minute in which its procedures are due: she is told neither, or both.
    if (`${what} ${rest}`.includes('clara@spf00.org')) return []
    return [{ name, text: `${day} ${hour}:${quarter} ${offset} ${what} ${details}`.trim() }]
  })
  const byName = Map.groupBy(lines, ({ name }) => name)
  return new Map([...byName].map(([name, found]) => [name, found.map(({ text }) => text).sort()]))
}

describe('the calendars of the five playbooks, played to their ends on the sandbox through the host', () => {
  test('who got what, when, in which language, from whom, once', { timeout: 900_000 }, async () => {
    const dir = mkdtempSync(join(tmpdir(), 'rehearsal-'))
    const spring = join(dir, 'bma.yaml')
    // Its windows are those of the autumn of 2024.
    writeFileSync(spring, bma.replace('from: 2024-10-01, to: 2024-10-25', 'from: 2025-04-01, to: 2025-04-25'))
    const playbooks = ['secours', 'police', spring, 'parquet', 'sii93'].flatMap(one => ['--playbook', one])
    const args = ['test/sandbox/demo.ts', ...playbooks, '--mailboxes', '3', '--messages', '4']
    const child = spawn(process.execPath, args, { cwd: root, stdio: ['ignore', 'pipe', 'pipe'] })
    let output = ''
    for (const stream of [child.stdout, child.stderr])
      stream.setEncoding('utf8').on('data', (chunk: string) => {
        output += chunk
      })
    const [code] = (await once(child, 'close')) as [number | null]
    rmSync(dir, { recursive: true })
    const lines = linesIn(output)
    for (const [name, table] of Object.entries(diaries)) assert.deepEqual(lines.get(name), table.trim().split(/\n\s*/), output)
    assert.match(output, /freeze \(D-1 16:00, 2025-04-06T16:00\S+ falls on a Sunday: somebody must be there/)
    // A function’s mailbox that a group opens, and lists, which wait until an administrator has run the script.
    assert.match(output, /Rehearsal of police: wave pilot-dri with 3 mailboxes and 2 lists/)
    // Every verdict complete, nothing left open, each notice found once by its reader and in no other mailbox.
    assert.equal(code, 0, output)
  })

  test('a day outside the window of its class is refused; without one, the rehearsal takes a day within', () => {
    const { playbook, day, residents } = castOf(bma, 2)
    assert.deepEqual(dayFaults(playbook, 'liege', day, residents), [])
    assert.equal(day, '2024-10-25')
    assert.equal(dayFaults(playbook, 'liege', '2025-04-07', residents).length, 2)
  })

  test('whose licences come by group have one of the sandbox’s', () => {
    const sold = ['STANDARDPACK', 'SPE_E3']
    const given = [
      { accounts: 'graph' },
      { accounts: 'graph', licence: 'SPE_E3' },
      { accounts: 'graph', licence: 'F3' },
      { accounts: 'existing' },
    ]
    assert.deepEqual(
      given.map(target => licenceHere(target, sold)),
      ['STANDARDPACK', 'SPE_E3', 'STANDARDPACK', undefined],
    )
  })
})
