import { serve } from './serve.ts'

// As start.ts, with the times in milliseconds as arguments, so that a suite waits for seconds where an operator waits for minutes.
const [leaseMs = 2000, renewMs = 500, drainLimitMs = 10_000] = process.argv.slice(2).map(Number)
await serve({ appRoot: process.cwd(), env: process.env, leaseMs, renewMs, drainLimitMs })
