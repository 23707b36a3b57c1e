import { Failure } from '../errors.ts'
import { ipVersion } from '../playbooks/host.ts'
import type { Dns } from '../ports.ts'
import { isTold } from './agreement.ts'
import { textOf } from './presentation.ts'

/** How mail leaves: the address in From, the one that failures come back to, where there is another, and the mail server that takes it. */
export type Sender = { from: string; returnPath?: string | undefined; host: string }

/**
 * Why mail of a sender may look forged, by SPF (RFC 7208, of the domain that failures come back to) and DMARC (RFC 7489, of the one in From), and what to
 * publish. An SPF record is not evaluated: only where there is none, more than one, or one that names nobody is anything known. Of what no server answers
 * nothing is said; then `known` is false.
 */
export async function senderNotes(dns: Dns, { from, returnPath, host }: Sender): Promise<{ notes: string[]; known: boolean }> {
  const [fromDomain, spfDomain] = [domainIn(from), domainIn(returnPath ?? from)]
  const [texts, policies] = await Promise.all([textsAt(dns, spfDomain), dmarcOf(dns, fromDomain)])
  const spf = texts?.filter(text => /^v=spf1( |$)/i.test(text))
  const weak = spf ? spfNote(spf, spfDomain, termFor(host)) : undefined
  const strict = weak !== undefined && policies?.length === 1 && isStrict(policies[0] ?? '')
  const notes = [
    ...(weak ?? []),
    ...(strict
      ? [
          `${fromDomain} asks by DMARC (${policies?.[0]}) that what SPF does not prove is kept from its readers: unless the notices are signed with its key (DKIM), they are`,
        ]
      : []),
    ...(policies?.length === 0
      ? [
          `${fromDomain}, from which notices come, has no DMARC record: publish TXT "v=DMARC1; p=none" at _dmarc.${fromDomain}, or large mail services may take them for forged`,
        ]
      : []),
    ...(policies && policies.length > 1
      ? [
          `${fromDomain}, from which notices come, has ${policies.length} DMARC records, and then none counts (RFC 7489 6.6.3): leave one at _dmarc.${fromDomain}`,
        ]
      : []),
  ]
  return { notes, known: texts !== undefined && policies !== undefined }
}

/** What is wrong with the SPF records of a domain; undefined where nothing is known to be. */
function spfNote(spf: readonly string[], domain: string, term: string): string[] | undefined {
  const [only = ''] = spf
  if (spf.length > 1)
    return [
      `${domain}, from which notices come, has ${spf.length} SPF records, and then none counts (RFC 7208 4.5): leave one that names who sends for it, and ${term}`,
    ]
  if (spf.length === 0)
    return [
      `${domain}, from which notices come, has no SPF record: publish TXT "v=spf1 ${term} ~all" there, with whoever else sends for it, or readers may take the notices for forged`,
    ]
  if (namesSomebody(only)) return undefined
  return [`${domain}, from which notices come, says by SPF (${only}) that nobody sends for it: put ${term} before “all”`]
}

/** Does a record name anybody beside “all others”? What it includes, or leads to, is somebody. */
function namesSomebody(spf: string): boolean {
  const terms = spf.split(/ +/).slice(1)
  return terms.some(term => term !== '' && !/^[-~?]all$/i.test(term) && !/^exp=/i.test(term))
}

/** How an SPF record names a mail server; by which addresses it sends only whoever runs it knows. */
function termFor(host: string): string {
  const version = ipVersion(host)
  return version === undefined ? `a:${host}` : `ip${version}:${host}`
}

/** The policies that hold for a domain, its own or else those of a domain above it (RFC 7489 6.6.3): `p=none`. Undefined where nobody can tell. */
async function dmarcOf(dns: Dns, domain: string): Promise<string[] | undefined> {
  const labels = domain.split('.')
  for (let i = 0; i < labels.length - 1; i++) {
    const texts = await textsAt(dns, `_dmarc.${labels.slice(i).join('.')}`)
    if (texts === undefined) return undefined
    const found = texts.filter(text => /^v=DMARC1 *(;|$)/.test(text))
    if (found.length > 0) return found.map(text => policyIn(text, i > 0))
  }
  return []
}

function policyIn(text: string, inherited: boolean): string {
  const tag = (name: string) => new RegExp(`; *${name} *= *(\\w+)`, 'i').exec(text)?.[1]?.toLowerCase()
  return `p=${(inherited ? tag('sp') : undefined) ?? tag('p') ?? 'none'}`
}

function isStrict(policy: string): boolean {
  return policy === 'p=reject' || policy === 'p=quarantine'
}

/** So many aliases on end lead somewhere (RFC 1034 3.6.2 knows no number). */
const mostAliases = 4

/** The texts at a name, or at what it is an alias of. Undefined where no server answers with authority. */
async function textsAt(dns: Dns, name: string, aliases = 0): Promise<string[] | undefined> {
  try {
    const found = await dns.authorities(name)
    const texts = (await dns.askAll(found, name, 'TXT')).find(isTold)
    if (texts?.rrset) return texts.rrset.data.map(textOf)
    const alias = texts && (await dns.askAll(found, name, 'CNAME')).find(isTold)
    const [to] = alias?.rrset?.data ?? []
    if (to === undefined) return alias ? [] : undefined
    return aliases < mostAliases ? await textsAt(dns, to, aliases + 1) : undefined
  } catch (error) {
    if (error instanceof Failure) return undefined
    throw error
  }
}

function domainIn(address: string): string {
  return address.slice(address.lastIndexOf('@') + 1).toLowerCase()
}
