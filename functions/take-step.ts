import { app } from '@azure/functions'
import { kicks, onQueue } from '../shared/leaving.ts'
import { work } from '../shared/work.ts'

/** Queue `steps`: one timed entry of one wave’s calendar: its hour awaited, its step taken or its notice written down. */
app.storageQueue('take-step', {
  queueName: 'steps',
  connection: 'AzureWebJobsStorage',
  ...kicks,
  handler: onQueue(work),
})
