import type { HttpResponseInit } from '@azure/functions'
import { Refusal } from '../errors.ts'
import { isPutBack } from '../life/wave.ts'
import type { Playbook } from '../playbooks/playbook.ts'
import { recipientOf } from '../playbooks/routing.ts'
import type { App } from '../ports.ts'
import { keyPart } from '../store/columns.ts'
import type { LedBackRow, MailboxRow } from '../store/schema.ts'
import { all, gathered } from '../store/store.ts'
import { iso, waveRow } from './status.ts'

type Routing = Extract<Playbook['routing'], { kind: 'recipient' }>

/**
 * Whose new mail whoever runs the old mail system is to lead where, and since when: JSON, a CSV (Exchange), a map (Postfix). CSV and map name the
 * mailboxes that exist at the new side alone, or their mail would bounce; once a wave is put back they are empty. Throws a Refusal where nothing is led
 * by recipient.
 */
export async function waveRouting(app: App, wave: string, format: string): Promise<HttpResponseInit> {
  const row = await waveRow(app, wave)
  const { routing } = await app.playbook(row.playbook, row.playbookVersion)
  if (routing.kind !== 'recipient') throw notByRecipient(wave, routing.kind)
  const back = isPutBack(row.state) || row.state === 'cancelled'
  const partition = keyPart(wave)
  const rows = await gathered(app.store.mailboxes.list({ partition }))
  const asked = new Map(back ? (await all(app.store.ledBacks.list({ partition }))).map(one => [one.address, one]) : [])
  const concerned = rows.filter(one => (back ? one.row.switchedAt !== undefined : one.row.state !== 'cancelled'))
  const list = concerned.map(one => ledWhere(one.row, routing, back && { asked: asked.get(one.row.address) }))
  const dueAt = row.gates?.cutover === undefined ? undefined : iso(row.gates.cutover)
  const now = list.filter(({ lead, ready }) => lead === 'new' && ready)
  switch (format) {
    case 'json':
      return answered('application/json', wave, format, JSON.stringify({ wave, dueAt: dueAt ?? null, mailboxes: list }))
    case 'csv': {
      // No comma or quote can stand in an address that is moved.
      const head = ['Address', 'DeliverTo', 'NextHop', 'DueAt', 'SwitchedAt']
      const lines = now.map(one => [one.address, one.deliverTo, one.nextHop ?? '', dueAt ?? '', one.switchedAt ?? ''])
      return answered('text/csv', wave, format, [head, ...lines].map(line => `${line.join(',')}\r\n`).join(''))
    }
    case 'map': {
      if (routing.deliverTo === undefined && routing.nextHop === undefined) throw nowhere()
      const what = routing.deliverTo === undefined ? 'transport_maps' : 'virtual_alias_maps'
      const lines = now.map(
        ({ address, deliverTo }) => `${address} ${routing.deliverTo === undefined ? `smtp:[${routing.nextHop}]` : deliverTo}\n`,
      )
      return answered(
        'text/plain',
        wave,
        format,
        `# ${what} of wave ${wave}${dueAt ? `, from ${dueAt} on` : ''}\n${lines.join('')}`,
      )
    }
    default:
      throw new Refusal(404, 'unknown-format', `there is no routing.${format}: ask for routing.json, routing.csv or routing.map`)
  }
}

/** Where new mail of one mailbox is to go. The mail of an alias goes to its owner. */
function ledWhere(mailbox: MailboxRow, routing: Routing, back: false | { asked: LedBackRow | undefined }) {
  const { address, wanted, targetReadyAt, switchedAt } = mailbox
  const { deliverTo, nextHop } = routing
  const to = deliverTo === undefined ? address : recipientOf(deliverTo, wanted.aliasOf ?? address)
  const provedAt = back ? back.asked?.provedAt : undefined
  const waitsFor = back ? (back.asked?.waitsFor ?? back.asked?.error?.message) : mailbox.waitsFor
  return {
    address,
    lead: back ? ('old' as const) : ('new' as const),
    // That mail arrives at the new side a letter of ours proves (`switchedAt`), and that it was led back another.
    ...(back ? { proved: provedAt !== undefined, ...(provedAt === undefined ? {} : { provedAt: iso(provedAt) }) } : {}),
    deliverTo: back ? address : to,
    ...(nextHop === undefined || back ? {} : { nextHop }),
    ready: targetReadyAt !== undefined,
    ...(switchedAt === undefined ? {} : { switchedAt: iso(switchedAt) }),
    ...(waitsFor === undefined ? {} : { waitsFor }),
  }
}

function answered(type: string, wave: string, format: string, body: string): HttpResponseInit {
  const name = `attachment; filename="${wave}-routing.${format}"`
  return { status: 200, headers: { 'content-type': `${type}; charset=utf-8`, 'content-disposition': name }, body }
}

function notByRecipient(wave: string, kind: string): Refusal {
  const message = `wave “${wave}” leads no mailbox by itself (routing.kind: ${kind}): only routing.kind: recipient has such a list`
  return new Refusal(404, 'no-routing', message)
}

function nowhere(): Refusal {
  const message = 'a map needs another address or another host: give routing.deliverTo or routing.nextHop in the playbook'
  return new Refusal(409, 'not-now', message)
}
