import { Failure } from '../errors.ts'

type Exchanger = { preference: number; exchange: string }

/** The MX that a domain is to have, as text. Where nobody says where its mail is to go, that is never guessed from a pattern. */
export async function mxOf(domain: string, told: () => Promise<readonly Exchanger[]>): Promise<string[]> {
  const mx = await told()
  if (mx.length > 0) return mx.map(({ preference, exchange }) => `${preference} ${exchange}`)
  throw new Failure({
    verdict: 'permanent',
    during: `learning the new MX of ${domain}`,
    code: 'NO-MX',
    hint: 'Enable mail for the domain in Microsoft 365, or name the mail exchangers in the playbook (`routing.mx`); then release.',
  })
}
