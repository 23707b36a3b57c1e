import { app } from '@azure/functions'
import { theApp } from '../shared/app.ts'
import { kicks, leaving } from '../shared/leaving.ts'
import { followPasswords } from '../shared/steps/passwords.ts'
import { followTenants } from '../shared/steps/tenants.ts'
import { sweep } from '../shared/sweep.ts'

/** Timer: starts again whatever has gone quiet; looks at passwords that nobody fetched, and at the tenant ahead of waves. */
app.timer('sweep', {
  schedule: '%SWEEP_SCHEDULE%',
  ...kicks,
  handler: async (_, context) => {
    await leaving(await theApp(), context, async releve => {
      await sweep(releve)
      await followPasswords(releve)
      await followTenants(releve)
    })
  },
})
