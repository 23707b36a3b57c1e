import { z } from 'zod'
import { Refusal } from './errors.ts'
import { operators } from './operators.ts'
import { hostPort, isHost } from './playbooks/host.ts'

const loopback = /^http:\/\/(127\.\d+\.\d+\.\d+|\[::1\]|localhost)(:\d+)?(\/|$)/
const url = z
  .string()
  .refine(
    text => URL.canParse(text) && (text.startsWith('https://') || loopback.test(text)),
    'an https address (plain http only to loopback)',
  )
const number = (what: string, most: number) =>
  z.coerce
    .number(`${what} above 0, at most ${most}`)
    .positive(`${what} above 0, at most ${most}`)
    .max(most, `${what} above 0, at most ${most}`)
const seconds = number('a number of seconds', 86_400)
const port = 'a port from 0 to 65535'
const resolvers = z
  .string()
  .transform(text => text.split(',').map(one => one.trim()))
  .refine(list => list.every(one => isHost(one) || hostPort(one, 53)), 'resolvers as host or host:port, with commas between them')

/** Every setting: its name, what it means, how it is read. Secrets are not among them: they are references, see `secrets.ts`. */
export const settings = {
  AzureWebJobsStorage: {
    meaning: 'storage: a connection string; absent where the app signs in by identity',
    parse: z.string().optional(),
  },
  AzureWebJobsStorage__accountName: { meaning: 'storage by identity: the account’s name', parse: z.string().optional() },
  AzureWebJobsStorage__clientId: {
    meaning: 'storage by identity: client id of a user-assigned identity',
    parse: z.string().optional(),
  },
  PORT: {
    meaning: 'where the local host listens',
    parse: z.coerce.number(port).int(port).min(0, port).max(65_535, port).default(7071),
  },
  FUNCTIONS_HOST_KEY: { meaning: 'the local host’s key; absent: one is made and kept', parse: z.string().optional() },
  PUBLIC_BASE_URL: {
    meaning: 'where people reach this app, for links in notices; absent: its own host name',
    parse: url.optional(),
  },
  SIGN_IN: {
    meaning: '`platform` where Azure signs people in and its word for their names is believed; absent: its headers are not read',
    parse: z.literal('platform', '`platform`, or nothing').optional(),
  },
  OPERATORS: {
    meaning:
      'who may give orders and who may only look, as a JSON list; absent: whoever has the host key, under the name he tells',
    parse: operators.optional(),
  },
  KEY_VAULT_URL: { meaning: 'the vault that secrets are read from; absent: environment variables', parse: url.optional() },
  AZURE_TENANT_ID: { meaning: 'the Microsoft 365 tenant', parse: z.string().optional() },
  AZURE_CLIENT_ID: {
    meaning: 'the app registration or identity that speaks to Graph and Exchange Online',
    parse: z.string().optional(),
  },
  AZURE_CLIENT_SECRET_NAME: {
    meaning: 'the name of the secret of that app; absent: its managed identity',
    parse: z.string().optional(),
  },
  GRAPH_BASE_URL: { meaning: 'Microsoft Graph', parse: url.default('https://graph.microsoft.com') },
  EXCHANGE_BASE_URL: {
    meaning: 'Exchange Online: the resource that mail tokens are for',
    parse: url.default('https://outlook.office365.com'),
  },
  LOGIN_BASE_URL: { meaning: 'the authority that gives tokens', parse: url.default('https://login.microsoftonline.com') },
  DNS_RESOLVERS: {
    meaning: 'resolvers to find name servers by, host:port, comma-separated; absent: the system’s',
    parse: resolvers.optional(),
  },
  QUIET_SECONDS: { meaning: 'how long a worker may be silent before its work is started again', parse: seconds.default(30) },
  SWEEP_SCHEDULE: { meaning: 'when the sweeper runs (six-field NCRONTAB)', parse: z.string().default('*/10 * * * * *') },
  TURN_SECONDS: { meaning: 'how long one invocation goes on with a mailbox before it hands over', parse: seconds.default(300) },
  REHEARSAL_CLOCK: {
    meaning:
      'rehearsals only: a file with the ms by which the calendar’s clock is moved; refused unless storage is on this machine',
    parse: z.string().optional(),
  },
  MAILBOX_WAIT_SCALE: {
    meaning: 'multiplies the waits for a new mailbox to appear; 1 outside a sandbox',
    parse: number('a number', 1_000).default(1),
  },
} as const

export type Config = { [K in keyof typeof settings]: z.output<(typeof settings)[K]['parse']> }

/** Reads every setting; all faults at once. Values are never repeated, since a secret may have slipped into the wrong place. */
export function readConfig(env: Readonly<Record<string, string | undefined>>): Config {
  const read = Object.entries(settings).map(([name, { parse }]) => ({
    name,
    ...parse.safeParse(env[name] === '' ? undefined : env[name]),
  }))
  const faults = read.flatMap(({ name, error }) =>
    error ? [{ path: name, message: `expected ${error.issues[0]?.message}` }] : [],
  )
  const storage = env.AzureWebJobsStorage ?? ''
  if (env.REHEARSAL_CLOCK && storage !== 'UseDevelopmentStorage=true' && !/TableEndpoint=http:\/\/127\.0\.0\.1:/.test(storage))
    faults.push({
      path: 'REHEARSAL_CLOCK',
      message: 'expected none, unless AzureWebJobsStorage is on this machine: real waves go by the real clock',
    })
  const config = Object.fromEntries(read.map(({ name, data }) => [name, data])) as Config
  if (!config.SIGN_IN && config.OPERATORS?.some(one => one.tokenSha256 === undefined))
    faults.push({
      path: 'OPERATORS',
      message: 'expected a tokenSha256 for each, since SIGN_IN is not `platform`: a name alone proves nothing',
    })
  if (faults.length > 0) throw new Refusal(500, 'BadSettings', 'Correct these settings, then start again.', faults)
  return config
}

/** Where people reach this app: the setting, else the host name that Azure gave it, else this machine. */
export function publicUrl(config: Config, env: Readonly<Record<string, string | undefined>>): string {
  const own = env.WEBSITE_HOSTNAME ? `https://${env.WEBSITE_HOSTNAME}` : `http://127.0.0.1:${config.PORT}`
  return (config.PUBLIC_BASE_URL ?? own).replace(/\/+$/, '')
}
