import { z } from 'zod'
import { Failure } from '../errors.ts'
import { type Ask, type Graph, segment } from './client.ts'

export type MxRecord = { name: string; exchange: string; preference: number; ttlSeconds: number }
export type OtherRecord = { name: string; type: 'TXT' | 'CNAME' | 'SRV'; value: string; ttlSeconds: number; optional: boolean }

/** The DNS records Microsoft wants for a domain's mail, word for word as it gave them. */
export type MailRecords = { mx: MxRecord[]; others: OtherRecord[] }

/**
 * A domain as a tenant has it. `mail`: it is verified and Exchange is switched on for it. `mx`: what Microsoft wants as its MX, `preference exchange`;
 * empty until `mail`. `proof`: the text of the TXT record by which it is verified, until it is.
 */
export type TenantDomain = { verified: boolean; mail: boolean; mx: string[]; proof?: string }

/** A tenant's domains, read only. */
export type Domains = {
  /** How the tenant has the domain; undefined where it has none of that name. */
  find(domain: string): Promise<TenantDomain | undefined>
  /** From `serviceConfigurationRecords`, never computed: new tenants have names no pattern foretells. */
  mailRecords(domain: string): Promise<MailRecords>
}

const record = z.object({
  recordType: z.string(),
  label: z.string(),
  ttl: z.number(),
  isOptional: z.boolean().default(false),
  supportedService: z.string().nullish(),
  mailExchange: z.string().nullish(),
  preference: z.number().nullish(),
  text: z.string().nullish(),
  canonicalName: z.string().nullish(),
  nameTarget: z.string().nullish(),
  port: z.number().nullish(),
  priority: z.number().nullish(),
  weight: z.number().nullish(),
})
type Record = z.infer<typeof record>

const state = z.object({ isVerified: z.boolean(), supportedServices: z.array(z.string()).nullish() })

/** Services of a domain with which Exchange takes its mail. */
const mailServices = ['Email', 'EmailInternalRelayOnly']

/** The domains of the tenant behind `graph`. `signal` ends what takes too long. */
export function domains(graph: Graph, signal?: AbortSignal): Domains {
  const ask = (during: string): Ask => ({ during, permission: 'Domain.Read.All', ...(signal ? { signal } : {}) })
  const recordsOf = async (domain: string, kind: 'serviceConfigurationRecords' | 'verificationDnsRecords', during: string) => {
    const all = await graph.list(`domains/${segment(domain)}/${kind}`, record, ask(during))
    return all.filter(one => one.supportedService === 'Email')
  }
  const wanted = (domain: string) => `reading the mail records Microsoft wants for ${domain}`
  return {
    find: async domain => {
      const during = `asking whether the tenant has verified ${domain}`
      const found = await graph.find(`domains/${segment(domain)}?$select=id,isVerified,supportedServices`, state, ask(during))
      if (!found) return undefined
      if (!found.isVerified) {
        const proofs = await recordsOf(domain, 'verificationDnsRecords', `reading how ${domain} is verified`)
        const proof = proofs.find(({ text }) => text)?.text
        return { verified: false, mail: false, mx: [], ...(proof ? { proof } : {}) }
      }
      const isOn = found.supportedServices?.some(one => mailServices.includes(one))
      const records = isOn ? await recordsOf(domain, 'serviceConfigurationRecords', wanted(domain)) : []
      const mx = records.flatMap(mxRecord).map(({ preference, exchange }) => `${preference} ${exchange}`)
      return { verified: true, mail: mx.length > 0, mx }
    },
    mailRecords: async domain => {
      const during = wanted(domain)
      const records = await recordsOf(domain, 'serviceConfigurationRecords', during)
      const mx = records.flatMap(mxRecord)
      if (mx.length > 0) return { mx, others: records.flatMap(otherRecord) }
      throw new Failure({
        verdict: 'permanent',
        during,
        code: 'NoMailExchange',
        text: `${domain} has no MX among its service records`,
        hint: `Verify ${domain} and switch Exchange on for it (Microsoft 365 admin centre, Domains, Manage DNS), then retry.`,
      })
    },
  }
}

function mxRecord({ recordType, label, ttl, mailExchange, preference }: Record): MxRecord[] {
  if (recordType.toLowerCase() !== 'mx' || !mailExchange) return []
  return [{ name: label, exchange: mailExchange, preference: preference ?? 0, ttlSeconds: ttl }]
}

function otherRecord(from: Record): OtherRecord[] {
  const same = { name: from.label, ttlSeconds: from.ttl, optional: from.isOptional }
  switch (from.recordType.toLowerCase()) {
    case 'txt':
      return from.text ? [{ ...same, type: 'TXT', value: from.text }] : []
    case 'cname':
      return from.canonicalName ? [{ ...same, type: 'CNAME', value: from.canonicalName }] : []
    case 'srv': {
      const value = `${from.priority ?? 0} ${from.weight ?? 0} ${from.port ?? 0} ${from.nameTarget}`
      return from.nameTarget ? [{ ...same, type: 'SRV', value }] : []
    }
    default:
      return []
  }
}
