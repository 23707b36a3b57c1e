import type { ImapFlow } from 'imapflow'
import { connect, disconnect, type Endpoint, failure } from './session.ts'
import { Wire } from './wire.ts'

/** Which connections are signed in at once, instead of at their first use: those that carry mail, or those that list folders as well. */
export type Ahead = 'mail' | 'mail and listing'

/** Signs in ahead. What goes wrong shows itself at the first use. */
export function openAhead(ahead: Ahead | undefined, lanes: readonly Lane[], control: Control): void {
  if (ahead === undefined) return
  for (const lane of lanes) lane.wire().catch(() => {})
  if (ahead === 'mail and listing') control.client().catch(() => {})
}

/** A connection that is opened at its first use, and again after it was lost. */
export class Lane {
  private opening: Promise<Wire> | undefined
  private readonly endpoint: Endpoint
  private readonly as: string

  constructor(endpoint: Endpoint, as: string) {
    this.endpoint = endpoint
    this.as = as
  }

  async wire(): Promise<Wire> {
    if (!(await this.alive())) this.opening = undefined
    this.opening ??= Wire.open(this.endpoint, this.as)
    try {
      return await this.opening
    } catch (error) {
      this.opening = undefined
      throw failure(`signing in to ${this.endpoint.host}:${this.endpoint.port} as ${this.as}`, error)
    }
  }

  /** Not lost: either never opened, or still up. */
  async alive(): Promise<boolean> {
    if (!this.opening) return true
    return this.opening.then(
      wire => wire.alive,
      () => false,
    )
  }

  async close(): Promise<void> {
    const opening = this.opening
    this.opening = undefined
    await opening?.then(
      wire => wire.logout(),
      () => {},
    )
  }
}

/** An imapflow session that is opened at its first use, for what is asked once: listing and making folders. */
export class Control {
  private opening: Promise<ImapFlow> | undefined
  private readonly endpoint: Endpoint
  private readonly as: string

  constructor(endpoint: Endpoint, as: string) {
    this.endpoint = endpoint
    this.as = as
  }

  client(): Promise<ImapFlow> {
    this.opening ??= connect(this.endpoint, this.as).catch(error => {
      this.opening = undefined
      throw error
    })
    return this.opening
  }

  async alive(): Promise<boolean> {
    if (!this.opening) return true
    return this.opening.then(
      client => client.usable === true,
      () => false,
    )
  }

  async close(): Promise<void> {
    const opening = this.opening
    this.opening = undefined
    await opening?.then(disconnect, () => {})
  }
}
