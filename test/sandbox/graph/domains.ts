import { badRequest } from './answers.ts'
import type { Domain } from './directory.ts'
import { type Asked, page, type Route } from './routes.ts'

const writers = ['Domain.ReadWrite.All']
const readers = ['Domain.Read.All', 'Directory.Read.All', ...writers]

/** Reads TXT records of a name, as DNS has them now. */
export type Txt = (name: string) => Promise<string[]>

/** `/domains`: add, read, prove ownership by DNS, and the records the services want. */
export function domainRoutes(txt: Txt): Route[] {
  return [
    {
      method: 'GET',
      path: 'domains',
      permissions: readers,
      run: asked => page(asked, 'domains', asked.tenant.domains.map(shown), 100),
    },
    { method: 'POST', path: 'domains', permissions: writers, run: add },
    {
      method: 'GET',
      path: 'domains/{id}',
      permissions: readers,
      run: asked => ({ status: 200, body: shown(asked.tenant.domain(asked.id)) }),
    },
    {
      method: 'GET',
      path: 'domains/{id}/verificationDnsRecords',
      permissions: readers,
      run: asked => page(asked, `domains/${asked.id}/verificationDnsRecords`, proofs(asked.tenant.domain(asked.id)), 100),
    },
    { method: 'GET', path: 'domains/{id}/serviceConfigurationRecords', permissions: readers, run: services },
    { method: 'POST', path: 'domains/{id}/verify', permissions: writers, run: asked => verify(asked, txt) },
  ]
}

function add(asked: Asked) {
  const body = asked.json() as { id?: unknown } | undefined
  const id = body?.id
  if (typeof id !== 'string' || !/^[a-z0-9-]+(\.[a-z0-9-]+)+$/i.test(id)) {
    throw badRequest("A value is required for property 'id' of resource 'Domain'.", [{ code: 'MissingValue', target: 'id' }])
  }
  if (asked.tenant.domains.some(one => one.id === id.toLowerCase())) {
    throw badRequest('Another object with the same value for property name already exists.', [
      { code: 'ObjectConflict', target: 'name' },
    ])
  }
  const domain: Domain = {
    id: id.toLowerCase(),
    verified: false,
    mx: `${id.toLowerCase().replaceAll('.', '-')}.mail.protection.outlook.com`,
    txt: `MS=ms${Date.now() % 1e9}`,
    inOtherTenant: false,
  }
  asked.tenant.domains.push(domain)
  asked.tenant.save()
  return { status: 201, body: shown(domain) }
}

async function verify(asked: Asked, txt: Txt) {
  const domain = asked.tenant.domain(asked.id)
  if (domain.verified) throw badRequest('Domain is already verified.')
  if (domain.inOtherTenant)
    throw badRequest(`The domain ${domain.id} is already verified in another organization: remove it there first.`)
  if (!(await txt(domain.id)).includes(domain.txt)) {
    throw badRequest(
      `Domain verification failed with the following error: 'The DNS record ${domain.txt} was not found for ${domain.id}.'`,
    )
  }
  domain.verified = true
  asked.tenant.save()
  return { status: 200, body: shown(domain) }
}

function services(asked: Asked) {
  const { id, mx, verified, mail = true } = asked.tenant.domain(asked.id)
  if (!verified) throw badRequest(`The domain ${id} is not verified.`)
  const common = { isOptional: false, supportedService: 'Email', ttl: 3600 }
  const records = [
    { ...record('Mx', `mx-${id}`), ...common, label: id, mailExchange: mx, preference: 0 },
    { ...record('Txt', `spf-${id}`), ...common, label: id, text: 'v=spf1 include:spf.protection.outlook.com -all' },
    { ...record('CName', `auto-${id}`), ...common, label: `autodiscover.${id}`, canonicalName: 'autodiscover.outlook.com' },
    {
      ...record('CName', `mdm-${id}`),
      ...common,
      supportedService: 'Intune',
      isOptional: true,
      label: `enterpriseregistration.${id}`,
      canonicalName: 'enterpriseregistration.windows.net',
    },
  ]
  const wanted = records.filter(one => mail || one.supportedService !== 'Email')
  return page(asked, `domains/${id}/serviceConfigurationRecords`, wanted, 100)
}

function proofs({ id, txt }: Domain) {
  const common = { isOptional: false, supportedService: 'Email', ttl: 3600, label: id }
  return [
    { ...record('Txt', `txt-${id}`), ...common, text: txt },
    { ...record('Mx', `proof-${id}`), ...common, mailExchange: `${txt.slice(3)}.msv1.invalid`, preference: 32767 },
  ]
}

function record(type: 'Mx' | 'Txt' | 'CName', id: string) {
  return { '@odata.type': `#microsoft.graph.domainDns${type === 'CName' ? 'Cname' : type}Record`, recordType: type, id }
}

function shown({ id, verified, mail = true }: Domain) {
  return {
    id,
    authenticationType: 'Managed',
    availabilityStatus: null,
    isAdminManaged: true,
    isDefault: false,
    isInitial: id.endsWith('.onmicrosoft.com'),
    isRoot: true,
    isVerified: verified,
    supportedServices: verified && mail ? ['Email'] : [],
  }
}
