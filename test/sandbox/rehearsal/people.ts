import type { DemoHost } from '../demo/host.ts'

/** A step that waits for people, as the app lists it. */
export type Asked = { step: string; open: string[] }

/** Does a step wait for somebody’s word? What opens mailboxes waits for other things. */
export function asksPeople({ step, state }: { step: string; state: string }): boolean {
  return state === 'waiting-for-people' && step !== 'open'
}

/** Plays the people whom a calendar waits for: each says yes as the one he is, a role by the first who holds it. Answers what was done, in words. */
export async function answerFor(
  host: Pick<DemoHost, 'call'>,
  wave: string,
  { step, open }: Asked,
  holders: Holders,
): Promise<string[]> {
  const said: string[] = []
  for (const one of open) {
    const approve = step === 'answers-due' ? undefined : step
    const body = approve
      ? { why: 'in a rehearsal everybody agrees', step: approve, ...(isRole(one) ? { as: one } : {}) }
      : { why: 'in a rehearsal nobody answers', steps: [step] }
    await host.call(
      'POST',
      `waves/${wave}/${approve ? 'approve' : 'skip'}`,
      JSON.stringify(body),
      'application/json',
      holders[one]?.[0] ?? one,
    )
    said.push(`${one} ${approve ? 'approves' : 'skips'} ${step}`)
  }
  return said
}

export type Holders = Readonly<Record<string, readonly string[]>>

function isRole(text: string): boolean {
  return ['coordinator', 'technical-manager', 'operator', 'trustee'].includes(text)
}
