import { app } from '@azure/functions'
import { theApp } from '../shared/app.ts'
import { sweep } from '../shared/sweep.ts'

/** Timer: starts again whatever has gone quiet. */
app.timer('sweep', {
  schedule: '%SWEEP_SCHEDULE%',
  handler: async () => {
    await sweep(await theApp())
  },
})
