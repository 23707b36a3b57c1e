import { app } from '@azure/functions'
import { theApp } from '../shared/app.ts'
import { kicks, leaving } from '../shared/leaving.ts'
import { followPasswords } from '../shared/steps/passwords.ts'
import { sweep } from '../shared/sweep.ts'

/** Timer: starts again whatever has gone quiet; looks at passwords that nobody fetched. */
app.timer('sweep', {
  schedule: '%SWEEP_SCHEDULE%',
  ...kicks,
  handler: async (_, context) => {
    await leaving(await theApp(), context, async releve => {
      await sweep(releve)
      await followPasswords(releve)
    })
  },
})
