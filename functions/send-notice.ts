import { app } from '@azure/functions'
import { theApp } from '../shared/app.ts'
import { work } from '../shared/work.ts'

/** Queue `notices`: one notice to one reader. */
app.storageQueue('send-notice', {
  queueName: 'notices',
  connection: 'AzureWebJobsStorage',
  handler: async message => work(await theApp(), message),
})
