import { describe } from '../mail/compare.ts'
import { type Checked, checkMailboxes } from '../world/check.ts'
import type { Posted } from '../world/post.ts'
import type { World } from '../world.ts'
import { dim, grouped, many, paint, sized } from './words.ts'

/** One thing that was checked: `faults` is empty where it is so. */
export type Proof = { what: string; said: string; faults: string[] }

/** What was sent from outside while the wave moved; `late` reached the old server after the switch. */
export type Letters = { usual: Posted[]; late: Posted[] }

/** Checks everything past the product: both servers read whole by a client of its own, each name server asked. */
export async function prove(world: World, { usual, late }: Letters, verdict: string | null): Promise<Proof[]> {
  const [checked, answers] = await Promise.all([
    checkMailboxes(world, [...usual, ...late]),
    Promise.all(world.domains.map(async domain => ({ domain, servers: await world.mx(domain) }))),
  ])
  const messages = checked.reduce((sum, one) => sum + one.messages, 0)
  const bytes = checked.reduce((sum, one) => sum + one.bytes, 0)
  return [
    {
      what: 'verdict',
      said: `${verdict ?? 'none'}`,
      faults: verdict === 'complete' ? [] : [`the verdict is ${verdict ?? 'not there'}`],
    },
    {
      what: 'mailboxes',
      said: `${grouped(checked.length)} hold every message of the old ones: ${grouped(messages)} messages, ${sized(bytes)}, same bytes, dates, flags, folders`,
      faults: checked.flatMap(({ address, differences }) => describe(differences).map(line => `${address}: ${line}`)),
    },
    {
      what: 'new mail',
      said: `${many(usual.length, 'letter')} from outside before and after the switch, each in its inbox once`,
      faults: lettersAstray(checked, usual),
    },
    {
      what: 'late mail',
      said: `${many(late.length, 'letter')} that reached the old server after the switch came over, once`,
      faults: late.length === 0 ? ['none was sent after the switch'] : lettersAstray(checked, late),
    },
    {
      what: 'notices',
      said: 'one in each new inbox, in French and Dutch',
      faults: checked.flatMap(({ address, notices }) => (notices === 1 ? [] : [`${address}: ${notices} instead of one`])),
    },
    {
      what: 'MX',
      said: 'BIND and Knot answer what Microsoft named, and nothing else',
      faults: answers.flatMap(({ domain, servers }) =>
        servers
          .filter(({ exchangers }) => exchangers.join(' ') !== world.newExchanger(domain))
          .map(({ server, exchangers }) => `${server} answers ${exchangers.join(' ') || 'nothing'} for ${domain}`),
      ),
    },
  ]
}

/** The proofs as lines, with the first faults of each. */
export function proofLines(proofs: readonly Proof[]): string[] {
  return proofs.flatMap(({ what, said, faults }) => {
    const mark = faults.length === 0 ? paint('green', '✓') : paint('red', '✗')
    const head = `    ${mark} ${what.padEnd(10)} ${faults.length === 0 ? said : paint('red', faults[0] ?? '')}`
    const more = faults.slice(1, 8).map(fault => `                 ${paint('red', fault)}`)
    return [head, ...more, ...(faults.length > 8 ? [dim(`                 and ${faults.length - 8} more`)] : [])]
  })
}

function lettersAstray(checked: readonly Checked[], letters: readonly Posted[]): string[] {
  return checked.flatMap(({ address, astray }) =>
    astray
      .filter(({ posted }) => letters.includes(posted))
      .map(({ posted, times }) => `${address}: ${posted.messageId} is there ${times} times`),
  )
}
