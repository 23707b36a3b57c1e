import { app } from '@azure/functions'
import { theApp } from '../shared/app.ts'
import { announceDue } from '../shared/steps/schedule.ts'

/** Timer: writes down the notices whose hour in the calendar has come. */
app.timer('schedule', {
  schedule: '0 * * * * *',
  handler: async () => {
    await announceDue(await theApp())
  },
})
