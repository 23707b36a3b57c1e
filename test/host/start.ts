import { serve } from './serve.ts'

// Azure leases a message for 10 minutes. Here 30 seconds, so that after a kill -9 of everything the next start goes on within a minute.
await serve({ appRoot: process.cwd(), env: process.env, leaseMs: 30_000, renewMs: 10_000, drainLimitMs: 60_000 })
