import { type Endpoint, failure } from './session.ts'
import { Wire } from './wire.ts'

/** Signs in ahead of the first use. What goes wrong shows itself there. */
export function openAhead(ahead: boolean | undefined, lanes: readonly Lane[]): void {
  if (ahead) for (const lane of lanes) lane.wire().catch(() => {})
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
