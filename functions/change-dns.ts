import { app } from '@azure/functions'
import { theApp } from '../shared/app.ts'
import { work } from '../shared/work.ts'

/** Queue `domains`: one step of one domain: records read, TTL lowered, MX switched and proved. */
app.storageQueue('change-dns', {
  queueName: 'domains',
  connection: 'AzureWebJobsStorage',
  handler: async message => work(await theApp(), message),
})
