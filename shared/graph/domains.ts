import { z } from 'zod'
import { Failure } from '../errors.ts'
import { type Graph, segment } from './client.ts'

export type MxRecord = { name: string; exchange: string; preference: number; ttlSeconds: number }
export type OtherRecord = { name: string; type: 'TXT' | 'CNAME' | 'SRV'; value: string; ttlSeconds: number; optional: boolean }

/** The DNS records Microsoft wants for a domain's mail, word for word as it gave them. */
export type MailRecords = { mx: MxRecord[]; others: OtherRecord[] }

/** A tenant's domains, read only. */
export type Domains = {
  /** Whether the tenant has the domain and has verified it. */
  verified(domain: string): Promise<boolean>
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

/** The domains of the tenant behind `graph`. */
export function domains(graph: Graph): Domains {
  return {
    verified: async domain => {
      const found = await graph.find(`domains/${segment(domain)}?$select=id,isVerified`, z.object({ isVerified: z.boolean() }), {
        during: `asking whether the tenant has verified ${domain}`,
        permission: 'Domain.Read.All',
      })
      return found?.isVerified ?? false
    },
    mailRecords: async domain => {
      const during = `reading the mail records Microsoft wants for ${domain}`
      const all = await graph.list(`domains/${segment(domain)}/serviceConfigurationRecords`, record, {
        during,
        permission: 'Domain.Read.All',
      })
      const records = all.filter(one => one.supportedService === 'Email')
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
