import { type Answered, isTold } from './agreement.ts'
import { textOf } from './presentation.ts'

/** What Microsoft 365 is called in an SPF record, in each of its clouds. */
const microsoft = /\bspf\.protection\.(outlook\.com|office365\.us|partner\.outlook\.cn)\b/i

/**
 * What is to be thought of about the records beside an MX, which are a person’s to change: a policy that keeps mail from the new servers, and an SPF record
 * that does not name them. `ask`: the TXT records of a name, as each of its servers answers. Whoever is silent says nothing.
 */
export async function besideMx(
  ask: (name: string) => Promise<Answered[]>,
  domain: string,
  { mx, isOnline }: { mx: readonly string[]; isOnline: boolean },
): Promise<string[]> {
  const policy = await ask(`_mta-sts.${domain}`)
  const spf = textsIn(await ask(domain)).filter(text => /^v=spf1( |$)/i.test(text))
  const notes: string[] = []
  if (textsIn(policy).some(text => /^v=STSv1\b/.test(text)))
    notes.push(
      `it has an MTA-STS policy: let that name the new mail exchangers (${mx.join(', ')}) a week before the switch, or senders that heed it keep their mail back (RFC 8461)`,
    )
  if (spf.length > 1) notes.push(`it has ${spf.length} SPF records, and then none counts (RFC 7208 4.5): leave one`)
  if (isOnline && spf.length === 1 && !microsoft.test(spf[0] ?? ''))
    notes.push(
      'its SPF record does not name Microsoft 365: unless one that it includes does, add include:spf.protection.outlook.com before people send from there, or their mail is refused',
    )
  return notes
}

function textsIn(answers: readonly Answered[]): string[] {
  return (answers.find(isTold)?.rrset?.data ?? []).map(textOf)
}
