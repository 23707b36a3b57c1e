import { Failure } from '../errors.ts'

/** Nobody says where mail for a domain is to go. It is never guessed from a pattern. */
export function noMx(domain: string): Failure {
  return new Failure({
    verdict: 'permanent',
    during: `learning the new MX of ${domain}`,
    code: 'NO-MX',
    hint: 'Enable mail for the domain in Microsoft 365, or name the mail exchangers in the playbook (`routing.mx`); then release.',
  })
}
