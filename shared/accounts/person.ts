import { randomBytes } from 'node:crypto'
import { Failure } from '../errors.ts'
import type { AccountWanted } from './accounts.ts'

/** The two parts of an address that can be a userPrincipalName; anything else is a permanent Failure, found before any request. */
export function principalName(address: string): { upn: string; nickname: string; domain: string } {
  const [nickname = '', domain = '', ...more] = address.split('@')
  const fits = /^[A-Za-z0-9'._!#^~-]{1,64}$/.test(nickname) && !/^\.|\.$|\.\./.test(nickname)
  if (fits && more.length === 0 && /^[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+$/.test(domain) && domain.length <= 48) {
    return { upn: address, nickname, domain: domain.toLowerCase() }
  }
  throw new Failure({
    verdict: 'permanent',
    during: `preparing the account ${address}`,
    code: 'NotAPrincipalName',
    text: 'Microsoft 365 cannot have this address as a sign-in name',
    hint: "Use only A-Z a-z 0-9 ' . - _ ! # ^ ~ before the @ (no accents, no dot at an end or doubled, 64 at most); correct the row, then retry.",
  })
}

/** The body of `POST /users`, without the password profile. */
export function newUser(wanted: AccountWanted): Record<string, string | boolean | string[]> {
  const { upn, nickname } = principalName(wanted.address)
  const name = wanted.displayName ?? [wanted.givenName, wanted.surname].filter(Boolean).join(' ')
  const optional = {
    givenName: wanted.givenName,
    surname: wanted.surname,
    jobTitle: wanted.jobTitle,
    department: wanted.department,
    officeLocation: wanted.officeLocation,
    usageLocation: wanted.usageLocation?.toUpperCase(),
    preferredLanguage: wanted.language,
  }
  return {
    accountEnabled: true,
    displayName: name || nickname,
    mailNickname: nickname,
    userPrincipalName: upn,
    ...(wanted.phone ? { businessPhones: [wanted.phone] } : {}),
    ...Object.fromEntries(Object.entries(optional).flatMap(([key, value]) => (value ? [[key, value] as const] : []))),
  }
}

/** A password nobody knows: 192 random bits, and the four classes of character a tenant may ask for. */
export function throwawayPassword(): string {
  return `${randomBytes(24).toString('base64url')}aA1!`
}
