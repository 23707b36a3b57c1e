import { readFileSync, writeFileSync } from 'node:fs'

/*
 * Stands in for `az rest` as infra/grant-graph.sh calls it: service principals, their application roles and role assignments of a
 * tenant kept in a file. A principal’s id is `sp-` and its appId, a role’s id `role-` and its name.
 */

type Tenant = { roles: Record<string, string[]>; granted: string[]; calls: string[]; refuses?: string }

const [file = '', command, ...rest] = process.argv.slice(2)
const tenant: Tenant = JSON.parse(readFileSync(file, 'utf8'))
const given = (name: string) => rest[rest.indexOf(`--${name}`) + 1] ?? ''
const [method, url, query] = [given('method'), given('url'), given('query')]
tenant.calls.push(`${method} ${url}`)
writeFileSync(file, JSON.stringify(tenant))
if (command !== 'rest' || !url.startsWith('https://graph.microsoft.com/v1.0/')) fail(`${command} ${url} is not known`)
if (tenant.refuses === method) fail('Forbidden({"error":{"code":"Authorization_RequestDenied"}})')

const path = url.slice('https://graph.microsoft.com/v1.0/servicePrincipals'.length)
if (method === 'post') assign()
else console.log(answer() ?? '')

function answer(): string | undefined {
  const byApp = /^\(appId='([^']+)'\)\?\$select=id$/.exec(path)?.[1]
  if (byApp && query === 'id') return byApp in tenant.roles ? `sp-${byApp}` : fail('Request_ResourceNotFound')
  const ofResource = /^\/sp-([\w-]+)\?\$select=appRoles$/.exec(path)?.[1]
  const wanted = /^appRoles\[\?value=='([\w.]+)' && contains\(allowedMemberTypes, 'Application'\)\]\.id \| \[0\]$/.exec(
    query,
  )?.[1]
  if (ofResource && wanted) return tenant.roles[ofResource]?.includes(wanted) ? `role-${wanted}` : undefined
  const holder = /^\/([\w-]+)\/appRoleAssignments\?\$top=999$/.exec(path)?.[1]
  const [, role, resource] = /^value\[\?appRoleId=='role-([\w.]+)' && resourceId=='sp-([\w-]+)'\]\.id \| \[0\]$/.exec(query) ?? []
  if (holder && role) return tenant.granted.includes(`${holder} ${resource} ${role}`) ? 'an-assignment' : undefined
  return fail(`${url} --query ${query} is not known`)
}

function assign(): void {
  const { principalId, resourceId, appRoleId }: Record<string, string> = JSON.parse(given('body'))
  if (path !== `/${principalId}/appRoleAssignments` || given('headers') !== 'Content-Type=application/json')
    fail('Request_BadRequest')
  tenant.granted.push(`${principalId} ${resourceId?.replace('sp-', '')} ${appRoleId?.replace('role-', '')}`)
  writeFileSync(file, JSON.stringify(tenant))
}

function fail(text: string): never {
  console.error(`ERROR: ${text}`)
  process.exit(1)
}
