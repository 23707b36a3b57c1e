import { badRequest } from './answers.ts'
import type { Directory } from './directory.ts'

type Kind = 'String' | 'Boolean' | 'PasswordProfile' | 'Strings'

/** The writable properties of a user that are known here, with their types and greatest lengths. */
const properties: Record<string, { kind: Kind; longest?: number }> = {
  accountEnabled: { kind: 'Boolean' },
  businessPhones: { kind: 'Strings' },
  city: { kind: 'String', longest: 128 },
  companyName: { kind: 'String', longest: 64 },
  country: { kind: 'String', longest: 128 },
  department: { kind: 'String', longest: 64 },
  displayName: { kind: 'String', longest: 256 },
  employeeId: { kind: 'String', longest: 16 },
  givenName: { kind: 'String', longest: 64 },
  jobTitle: { kind: 'String', longest: 128 },
  mail: { kind: 'String', longest: 256 },
  mailNickname: { kind: 'String', longest: 64 },
  mobilePhone: { kind: 'String', longest: 64 },
  officeLocation: { kind: 'String', longest: 128 },
  otherMails: { kind: 'Strings' },
  passwordPolicies: { kind: 'String' },
  passwordProfile: { kind: 'PasswordProfile' },
  postalCode: { kind: 'String', longest: 40 },
  preferredLanguage: { kind: 'String' },
  state: { kind: 'String', longest: 128 },
  streetAddress: { kind: 'String', longest: 1024 },
  surname: { kind: 'String', longest: 64 },
  usageLocation: { kind: 'String' },
  userPrincipalName: { kind: 'String', longest: 113 },
  userType: { kind: 'String' },
}
const readOnly = ['id', 'createdDateTime', 'proxyAddresses', 'assignedLicenses', 'assignedPlans', 'licenseAssignmentStates']
const passwordParts: Record<string, string> = {
  password: 'string',
  forceChangePasswordNextSignIn: 'boolean',
  forceChangePasswordNextSignInWithMfa: 'boolean',
}
const required = ['accountEnabled', 'displayName', 'passwordProfile', 'userPrincipalName', 'mailNickname']

/** The properties of a new user, or the refusal of what the service would not create. */
export function newUserFields(body: unknown, tenant: Directory): Record<string, unknown> & { userPrincipalName: string } {
  const fields = changedUserFields(body, tenant)
  for (const name of required) {
    if (fields[name] === undefined || fields[name] === null || fields[name] === '') {
      throw badRequest(`A value is required for property '${name}' of resource 'User'.`, [{ code: 'MissingValue', target: name }])
    }
  }
  const { userPrincipalName } = fields
  if (typeof userPrincipalName !== 'string')
    throw badRequest("A value is required for property 'userPrincipalName' of resource 'User'.")
  return { ...fields, userPrincipalName }
}

/** The properties a change names, checked one by one: known, writable, of their type, with values the directory takes. */
export function changedUserFields(body: unknown, tenant: Directory): Record<string, unknown> {
  if (typeof body !== 'object' || body === null || Array.isArray(body)) throw badRequest('Empty Payload. JSON content expected.')
  const fields: Record<string, unknown> = { ...body }
  for (const [name, value] of Object.entries(fields)) checkProperty(name, value)
  checkPassword(fields.passwordProfile)
  checkName(fields.userPrincipalName, tenant)
  if (typeof fields.mailNickname === 'string' && !/^[\x21-\x7e]+$/.test(fields.mailNickname)) throw invalid('mailNickname')
  if (typeof fields.mailNickname === 'string' && /[@()\\[\]";:<>,]/.test(fields.mailNickname)) throw invalid('mailNickname')
  if (typeof fields.usageLocation === 'string' && !/^[A-Z]{2}$/.test(fields.usageLocation)) throw invalid('usageLocation')
  return fields
}

function checkProperty(name: string, value: unknown): void {
  if (readOnly.includes(name))
    throw badRequest(`Property '${name}' is read-only and cannot be set.`, [{ code: 'ReadOnlyProperty', target: name }])
  const property = properties[name]
  if (!property)
    throw badRequest(
      `The property '${name}' does not exist on type 'microsoft.graph.user'. Make sure to only use property names that are defined by the type.`,
    )
  if (value === null) return
  const right = {
    String: typeof value === 'string',
    Boolean: typeof value === 'boolean',
    Strings: Array.isArray(value) && value.every(one => typeof one === 'string'),
    PasswordProfile: typeof value === 'object' && !Array.isArray(value),
  }[property.kind]
  if (!right)
    throw badRequest(`Cannot convert the literal '${JSON.stringify(value)}' to the expected type 'Edm.${property.kind}'.`)
  if (typeof value === 'string' && property.longest && value.length > property.longest) throw invalid(name)
}

/** Entra's own rule: 8 to 256 characters of three of the four classes. */
function checkPassword(profile: unknown): void {
  if (typeof profile !== 'object' || profile === null) return
  for (const [name, value] of Object.entries(profile)) {
    if (passwordParts[name] !== typeof value)
      throw badRequest(`The property '${name}' does not exist on type 'microsoft.graph.passwordProfile' or has another type.`)
  }
  const password = 'password' in profile && typeof profile.password === 'string' ? profile.password : ''
  const classes = [/[a-z]/, /[A-Z]/, /[0-9]/, /[^A-Za-z0-9]/].filter(one => one.test(password)).length
  if (password.length >= 8 && password.length <= 256 && classes >= 3) return
  const text =
    'The specified password does not comply with password complexity requirements. Please provide a different password.'
  throw badRequest(text, [{ code: 'InvalidValue', target: 'passwordProfile.password' }])
}

function checkName(name: unknown, tenant: Directory): void {
  if (typeof name !== 'string') return
  const [local = '', domain = '', ...more] = name.split('@')
  if (more.length > 0 || !/^[A-Za-z0-9'._!#^~-]{1,64}$/.test(local) || local.endsWith('.') || !domain)
    throw invalid('userPrincipalName')
  if (tenant.domains.some(one => one.id === domain.toLowerCase() && one.verified)) return
  const text =
    'The domain portion of the userPrincipalName property is invalid. You must use one of the verified domain names in your organization.'
  throw badRequest(text, [{ code: 'InvalidValue', target: 'userPrincipalName' }])
}

function invalid(name: string) {
  return badRequest(`Invalid value specified for property '${name}' of resource 'User'.`, [
    { code: 'InvalidValue', target: name },
  ])
}
