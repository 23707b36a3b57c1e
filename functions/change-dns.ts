import { app } from '@azure/functions'
import { kicks, onQueue } from '../shared/leaving.ts'
import { work } from '../shared/work.ts'

/** Queue `domains`: one step of one domain: records read, TTL lowered, MX switched and proved. */
app.storageQueue('change-dns', {
  queueName: 'domains',
  connection: 'AzureWebJobsStorage',
  ...kicks,
  handler: onQueue(work),
})
