import { Failure, type Fault, Refusal } from '../errors.ts'
import { addressFault } from '../intake/address.ts'
import { show } from '../intake/faults.ts'
import { opening } from '../intake/lists.ts'
import { charactersOf, mostMembers } from '../intake/mailbox.ts'
import { isPutBack } from '../life/wave.ts'
import type { App } from '../ports.ts'
import { inParallel } from '../steps/in-parallel.ts'
import type { MailboxRow, WaveRow } from '../store/schema.ts'
import { all } from '../store/store.ts'

/** What an order says of one mailbox, as far as it can be read. */
type Sent = { address: string | undefined; add: (string | undefined)[]; remove: (string | undefined)[] }

const ownFirst =
  'give him a mailbox and a licence of his own first; nobody signs in to a shared mailbox, so no password of it helps'

/** Why who opens shared mailboxes cannot be changed so, all at once, by the path there. It believes nothing about a field’s type. */
export async function openingFaults(app: App, wave: WaveRow, mailboxes: readonly MailboxRow[], sent: unknown): Promise<Fault[]> {
  const orders = (Array.isArray(sent) ? sent.slice(0, 500) : []).map(read)
  const byAddress = new Map(mailboxes.map(row => [row.address, row]))
  const strangers = await strangersAmong(app, wave, mailboxes, orders)
  return orders.flatMap((order, i) => {
    const at = (field: string, message: string): Fault => ({ path: `mailboxes[${i}]${field}`, message })
    const { address, add, remove } = order
    const row = address === undefined ? undefined : byAddress.get(address)
    if (address !== undefined && orders.findIndex(one => one.address === address) < i)
      return [at('.address', `${show(address)} stands above already: say all of it there`)]
    const mailbox = address === undefined ? [] : mailboxFaults(wave, row).map(message => at('.address', message))
    const nobody = add.length + remove.length === 0 ? [at('', 'expected whom to `add`, or to `remove`')] : []
    const both = add.flatMap((one, k) =>
      one !== undefined && remove.includes(one) ? [at(`.add[${k}]`, `${show(one)} stands under \`remove\`, too`)] : [],
    )
    const added = add.flatMap((one, k) => (one === undefined ? [] : strangers.adding(one).map(why => at(`.add[${k}]`, why))))
    const known = new Set([...(row?.wanted.members ?? []), ...(row?.formerMembers ?? [])])
    const removed = remove.flatMap((one, k) =>
      one === undefined || known.has(one) || strangers.isKnown(one)
        ? []
        : [at(`.remove[${k}]`, `${show(one)} is no member of it, and nobody here knows the address: is it right?`)],
    )
    const now = membersAfter(row?.wanted.members, add.filter(isText), remove.filter(isText))
    const size = now.length > mostMembers.count || charactersOf(now) > mostMembers.characters
    const many = `it would have more than ${mostMembers.count} members, or ${mostMembers.characters} characters of them: let in a security group`
    return [...mailbox, ...nobody, ...both, ...added, ...removed, ...(size ? [at('.add', many)] : [])]
  })
}

/** The members of a mailbox after some have come and some have gone. */
export function membersAfter(before: readonly string[] = [], add: readonly string[], remove: readonly string[]): string[] {
  return [...new Set([...before, ...add])].filter(one => !remove.includes(one)).sort()
}

function mailboxFaults({ wave }: WaveRow, row: MailboxRow | undefined): string[] {
  if (!row) return [`expected a shared mailbox of wave “${wave}”: GET /api/waves/${wave}/mailboxes lists them`]
  if (row.wanted.kind !== 'shared') return [`expected a shared mailbox (${show(row.address)} is of kind ${row.wanted.kind})`]
  return row.state === 'cancelled' ? [`${show(row.address)} is cancelled: it was not moved`] : []
}

/** What is known of the people that an order names, in its wave, in others and in the directory. */
async function strangersAmong(app: App, wave: WaveRow, mailboxes: readonly MailboxRow[], orders: readonly Sent[]) {
  const named = new Set(orders.flatMap(({ add, remove }) => [...add, ...remove]).filter(isText))
  const kinds = new Map<string, Set<string>>()
  const note = (address: string, kind: string) => void kinds.set(address, (kinds.get(address) ?? new Set()).add(kind))
  const opens = opening(mailboxes)
  const noteRow = ({ address, state, wanted: { kind } }: Pick<MailboxRow, 'address' | 'state' | 'wanted'>) => {
    if (!named.has(address)) return
    if (kind === 'list') note(address, opens.has(address) ? 'group' : 'list')
    else note(address, state === 'cancelled' ? 'cancelled' : kind)
  }
  for (const row of mailboxes) noteRow(row)
  const isSure = (address: string) => ['user', 'group'].some(kind => kinds.get(address)?.has(kind))
  if ([...named].some(one => !isSure(one))) {
    const waves = new Map((await all(app.store.waves.list({ partition: 'wave' }))).map(row => [row.wave, row]))
    for await (const row of app.store.mailboxes.pick({}, ['wave', 'address', 'state', 'wanted']))
      if (row.wave !== wave.wave && !isPutBack(waves.get(row.wave)?.state)) noteRow(row)
  }
  const unasked = new Map<string, string>()
  const { holder } = await app.accounts(await app.playbook(wave.playbook, wave.playbookVersion))
  if (holder)
    await inParallel(
      [...named].filter(one => [...(kinds.get(one) ?? [])].every(kind => kind === 'cancelled')),
      async address => {
        try {
          const found = await holder(address)
          if (found) note(address, found.purpose ?? 'account')
        } catch (error) {
          if (!(error instanceof Failure)) throw error
          unasked.set(address, `the directory could not be asked: ${error.message}. ${error.hint}`)
        }
      },
    )
  return {
    isKnown: (address: string) => kinds.has(address),
    /** Why somebody cannot be let in: he needs a mailbox of his own. */
    adding: (address: string): string[] => {
      const of = kinds.get(address)
      if (of?.has('user') || of?.has('group')) return []
      const shown = show(address)
      if (of?.has('list')) return [`${shown} was made as a distribution list, which opens no mailbox: name its people`]
      for (const kind of ['shared', 'alias', 'cancelled', 'account'])
        if (of?.has(kind)) return [`${shown} ${unfit[kind]}: name the mailbox of a person. ${ownFirst}`]
      if (of) return [`${shown} is no person’s mailbox: ${ownFirst}`]
      const asked = holder ? 'no wave and no account has it' : 'no wave has it, and the target cannot be asked'
      const where = unasked.get(address) ?? asked
      return [`nobody here knows ${shown} (${where}): ${ownFirst}`]
    },
  }
}

const unfit: Readonly<Record<string, string>> = {
  shared: 'is a shared mailbox itself',
  alias: 'is an alias',
  cancelled: 'was not moved',
  account: 'has an account without a mailbox',
}

function read(value: unknown): Sent {
  const { address, add, remove } = Object(value)
  const texts = (list: unknown) => (Array.isArray(list) ? list.slice(0, mostMembers.count) : []).map(legible)
  return { address: legible(address), add: texts(add), remove: texts(remove) }
}

function legible(value: unknown): string | undefined {
  return typeof value === 'string' && addressFault(value) === undefined ? value.toLowerCase() : undefined
}

function isText(value: string | undefined): value is string {
  return value !== undefined
}

/** Throws a Refusal where nobody works at the new side of a wave, or will. */
export function mustStandAtTarget({ wave, state }: WaveRow): void {
  if (state === 'cancelled' || isPutBack(state))
    throw new Refusal(409, 'not-now', `wave “${wave}” is ${state}: its people work at the old server, so change it there`)
}
