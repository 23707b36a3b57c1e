import assert from 'node:assert/strict'
import { test } from 'node:test'
import PostalMime from 'postal-mime'
import { Failure } from '../../shared/errors.ts'
import type { Turn } from '../../shared/run.ts'
import { noticeDoing } from '../../shared/steps/notice.ts'
import type { NoticeRow } from '../../shared/store/schema.ts'
import { all } from '../../shared/store/store.ts'
import { town } from '../fakes/town.ts'
import { World } from '../fakes/world.ts'

const scene = town()
const playbook = scene.playbook
  .replace('on: copied, notice: done', 'on: begun, notice: workbook')
  .replace(
    /- \{ notice: done.*\}/,
    '- { notice: workbook, template: withdrawn, audience: owner, issuer: ict, languages: [nl, fr], channel: append, attach: [inventory] }',
  )

test('the workbook goes along with its notice, and the notice waits until there is one', async () => {
  const world = new World({ ...scene, playbook })
  await world.run({ until: async ({ store }) => (await all(store.notices.list({}))).length > 0 })
  const [row] = await all(world.store.notices.list({}))
  assert.ok(row)
  const turn: Turn<NoticeRow> = { row, save: async () => {}, signal: new AbortController().signal, until: Number.MAX_VALUE }
  const app = world.app()
  const send = noticeDoing['send-notice']
  await assert.rejects(
    send({ ...app, workbook: async () => undefined }, turn),
    error => error instanceof Failure && error.verdict === 'transient' && error.code === 'NO-INVENTORY',
  )
  assert.equal(world.readers.letters.length, 0)
  const asked: unknown[] = []
  const workbook: typeof app.workbook = async (_, of) => {
    asked.push(of)
    return { filename: 'adressen.xlsx', contentType: 'application/octet-stream', content: Buffer.from('rows') }
  }
  assert.deepEqual(await send({ ...app, workbook }, turn), { fact: 'sent', set: { sentAt: world.clock.now() } })
  const { attachments } = await PostalMime.parse(world.readers.letters[0]?.mime ?? '')
  assert.deepEqual(
    attachments.map(({ filename, content }) => [filename, Buffer.from(content as ArrayBuffer).toString()]),
    [['adressen.xlsx', 'rows']],
  )
  assert.deepEqual(asked, [{ entity: undefined, language: 'nl' }])
})
