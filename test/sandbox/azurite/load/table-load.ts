import assert from 'node:assert/strict'
import { TableClient, type TransactionAction } from '@azure/data-tables'
import type { Chance } from '../../../fakes/chance.ts'
import { type Load, pick, refusal, unanswered, upTo } from './load.ts'

type Row = { n: number; note: string; etag: string }
/** What a change leaves under each row key; undefined: nothing. */
type After = Map<string, Row | undefined>
type Change = { after: After; send(client: TableClient): Promise<string[]> }

/** A client that tries once, so that an operation without answer is known as such. */
export const tableClient = (connection: string, table: string): TableClient =>
  TableClient.fromConnectionString(connection, table, { allowInsecureConnection: true, retryOptions: { maxRetries: 0 } })

/** Works in one partition of its own: single and grouped insertions, replacements, merges and removals, by ETag, some of which must be refused. */
export function tableLoad(table: string, partitionKey: string, random: Chance): Load {
  const rows: Map<string, Row> = new Map()
  let doubt: After = new Map()
  let serial = 0

  const work: Load['work'] = async (connection, running, acknowledged) => {
    const client = tableClient(connection, table)
    while (running()) {
      const change = nextChange()
      doubt = change.after
      try {
        const etags = await change.send(client)
        settle(etags)
        acknowledged()
        await lookAtOne(client)
      } catch (error) {
        if (unanswered(error)) return
      }
    }
  }

  const settle = (etags: readonly string[]) => {
    for (const [index, [key, row]] of [...doubt].entries()) put(key, row && { ...row, etag: etags[index] ?? '' })
    doubt = new Map()
  }

  const put = (key: string, row: Row | undefined) => {
    if (row) rows.set(key, row)
    else rows.delete(key)
  }

  const lookAtOne = async (client: TableClient) => {
    if (rows.size === 0) return
    const key = pick(random, [...rows.keys()])
    const found = await client.getEntity<{ n: number; note: string }>(partitionKey, key)
    assert.deepEqual({ n: found.n, note: found.note, etag: found.etag }, rows.get(key))
  }

  const nextChange = (): Change => {
    const roll = random()
    if (roll < 0.1 && rows.size > 0) return mustFail()
    if (roll < 0.3) return grouped(2 + upTo(random, 40))
    return single(nextAction(new Set()))
  }

  type Step = { key: string; row: Row | undefined; action: TransactionAction; etag: string }

  /** A change of one row that is not among `taken`. */
  const nextAction = (taken: ReadonlySet<string>): Step => {
    const known = [...rows.keys()].filter(key => !taken.has(key))
    const n = ++serial
    const key = known.length > 0 && (random() < 0.6 || known.length > 150) ? pick(random, known) : `new-${n}`
    const old = rows.get(key)
    const note = 'é"\n\u2028'.repeat(upTo(random, 20))
    const entity = { partitionKey, rowKey: key, n, note }
    const row = { n, note, etag: '' }
    if (old === undefined)
      return { key, row, action: random() < 0.7 ? ['create', entity] : ['upsert', entity, 'Replace'], etag: '' }
    const roll = known.length > 150 ? 0 : random()
    if (roll < 0.25) return { key, row: undefined, action: ['delete', entity], etag: old.etag }
    if (roll < 0.55) return { key, row, action: ['update', entity, 'Replace', { etag: old.etag }], etag: old.etag }
    const merged = { partitionKey, rowKey: key, n }
    const kept = { n, note: old.note, etag: '' }
    if (roll < 0.85) return { key, row: kept, action: ['update', merged, 'Merge', { etag: old.etag }], etag: old.etag }
    return { key, row: kept, action: ['upsert', merged, 'Merge'], etag: '' }
  }

  const single = ({ key, row, action, etag }: Step): Change => ({
    after: new Map([[key, row]]),
    async send(client) {
      const [verb, entity, mode] = action
      if (verb === 'create') return [(await client.createEntity(entity)).etag ?? '']
      if (verb === 'upsert') return [(await client.upsertEntity(entity, mode)).etag ?? '']
      if (verb === 'update') return [(await client.updateEntity(entity, mode, { etag })).etag ?? '']
      await client.deleteEntity(partitionKey, key, { etag })
      return ['']
    },
  })

  const grouped = (size: number): Change => {
    const steps = new Map<string, Step>()
    for (let count = 0; count < size; count += 1) {
      const step = nextAction(new Set(steps.keys()))
      steps.set(step.key, step)
    }
    return {
      after: new Map([...steps.values()].map(step => [step.key, step.row])),
      async send(client) {
        const answer = await client.submitTransaction([...steps.values()].map(step => step.action))
        return answer.subResponses.map(response => response.etag ?? '')
      },
    }
  }

  /** A late ETag, or a group that must be undone since its last action cannot be. */
  const mustFail = (): Change => {
    const key = pick(random, [...rows.keys()])
    const entity = { partitionKey, rowKey: key, n: -1, note: 'refused' }
    const before = grouped(6)
    const late = { etag: `W/"datetime'2001-01-01T00%3A00%3A00.0000000Z'"` }
    return {
      after: new Map(),
      async send(client) {
        const sent =
          before.after.has(key) || random() < 0.5 ? client.updateEntity(entity, 'Replace', late) : doomed(client, entity)
        await sent.then(
          () => assert.fail('a change that had to be refused was accepted'),
          error => (refusal(error) === undefined ? unanswered(error) : assert.match(String(refusal(error)), /^(409|412)$/)),
        )
        return []
      },
    }
  }

  const doomed = (client: TableClient, entity: { partitionKey: string; rowKey: string }) => {
    const steps = ['left', 'right'].map((side): TransactionAction => ['create', { ...entity, rowKey: `${side}-${++serial}` }])
    const other = [...rows.keys()].find(key => key !== entity.rowKey)
    const changed: TransactionAction[] = other ? [['update', { ...entity, rowKey: other }, 'Replace', { etag: '*' }]] : []
    return client.submitTransaction([...steps, ...changed, ['create', entity]])
  }

  const check: Load['check'] = async connection => {
    const found = new Map<string, Row>()
    const client = tableClient(connection, table)
    for await (const { rowKey, n, note, etag } of client.listEntities<{ n: number; note: string }>({
      queryOptions: { filter: `PartitionKey eq '${partitionKey}'` },
    }))
      found.set(rowKey ?? '', { n, note, etag })
    const done = new Map(rows)
    for (const [key, row] of doubt) {
      if (row) done.set(key, { ...row, etag: found.get(key)?.etag ?? '' })
      else done.delete(key)
    }
    const expected = doubt.size > 0 && same(found, done) ? done : rows
    assert.deepEqual(sorted(found), sorted(expected), `rows of ${partitionKey}`)
    rows.clear()
    for (const [key, row] of found) rows.set(key, row)
    doubt = new Map()
  }

  return { work, check }
}

const sorted = (rows: Map<string, Row>) => [...rows].sort(([a], [b]) => (a < b ? -1 : 1))
const same = (a: Map<string, Row>, b: Map<string, Row>) => JSON.stringify(sorted(a)) === JSON.stringify(sorted(b))
