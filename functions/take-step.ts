import { app } from '@azure/functions'
import { theApp } from '../shared/app.ts'
import { work } from '../shared/work.ts'

/** Queue `steps`: one timed entry of one wave’s calendar: its hour awaited, its step taken or its notice written down. */
app.storageQueue('take-step', {
  queueName: 'steps',
  connection: 'AzureWebJobsStorage',
  handler: async message => work(await theApp(), message),
})
