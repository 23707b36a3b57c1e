// Logs, and the alarms over them. docs/deploying.md has one paragraph for each alarm.

param location string
param name string
param retentionDays int
param alarmMailbox string
param vaultName string
param tags object

// Function names are those of functions/*.ts. `requests` holds one row for each execution; sampling leaves them alone (host.json).
var alarms = [
  {
    name: 'poison'
    severity: 1
    text: 'A message failed five times and went to a poison queue: something was put on hold. Look at what is held, release it when the cause is gone.'
    query: 'requests | where name endswith "-poison"'
    window: 'PT5M'
    operator: 'GreaterThan'
    threshold: 0
  }
  {
    name: 'sweeper-silent'
    severity: 1
    text: 'The sweeper has not run well for 15 minutes: work that was interrupted is not taken up again, and the hours of calendars pass. Look at the state and the failures of the app.'
    query: 'requests | where name == "sweep" and success == true'
    window: 'PT15M'
    operator: 'LessThan'
    threshold: 1
  }
  {
    name: 'failures'
    severity: 2
    text: 'Executions fail with errors that nobody foresaw. Each is tried again; look at the exceptions of the app.'
    query: 'requests | where success == false and name !endswith "-poison" and (toint(resultCode) < 400 or toint(resultCode) >= 500)'
    window: 'PT15M'
    operator: 'GreaterThan'
    threshold: 5
  }
  {
    name: 'nothing-completes'
    severity: 1
    text: 'For an hour steps were tried and not one came to its end. Look at the hint of what is held, and at the old and the new server.'
    query: 'traces | where message has "work=" | summarize failed = countif(message has "error="), ended = countif(message has "answer=") | where failed > 10 and ended == 0'
    window: 'PT1H'
    operator: 'GreaterThan'
    threshold: 0
  }
]

resource workspace 'Microsoft.OperationalInsights/workspaces@2025-02-01' = {
  name: name
  location: location
  tags: tags
  properties: {
    sku: { name: 'PerGB2018' }
    retentionInDays: retentionDays
    features: { disableLocalAuth: true, enableLogAccessUsingOnlyResourcePermissions: true }
  }
}

resource insights 'Microsoft.Insights/components@2020-02-02' = {
  name: name
  location: location
  tags: tags
  kind: 'web'
  properties: {
    Application_Type: 'web'
    WorkspaceResourceId: workspace.id
    IngestionMode: 'LogAnalytics'
    RetentionInDays: retentionDays
    DisableLocalAuth: true
    DisableIpMasking: false
  }
}

resource vault 'Microsoft.KeyVault/vaults@2024-11-01' existing = {
  name: vaultName
}

// Who read which secret, and when.
resource vaultAudit 'Microsoft.Insights/diagnosticSettings@2021-05-01-preview' = {
  name: 'audit'
  scope: vault
  properties: {
    workspaceId: workspace.id
    logs: [{ categoryGroup: 'audit', enabled: true }]
  }
}

// Azure processes action groups regionally in few places; these two are in the EU. It holds the alarm mailbox, and nothing of the mail.
var alarmLocation = contains(['germanywestcentral', 'swedencentral'], location) ? location : 'swedencentral'

resource mail 'Microsoft.Insights/actionGroups@2023-01-01' = if (!empty(alarmMailbox)) {
  name: '${name}-alarms'
  location: alarmLocation
  tags: tags
  properties: {
    groupShortName: 'releve'
    enabled: true
    emailReceivers: [
      {
        name: 'alarms'
        emailAddress: alarmMailbox
        useCommonAlertSchema: true
      }
    ]
  }
}

resource alarm 'Microsoft.Insights/scheduledQueryRules@2023-12-01' = [
  for each in alarms: {
    name: '${name}-${each.name}'
    location: location
    tags: tags
    kind: 'LogAlert'
    properties: {
      displayName: 'Relève: ${each.name}'
      description: each.text
      severity: each.severity
      enabled: true
      scopes: [insights.id]
      evaluationFrequency: 'PT5M'
      windowSize: each.window
      autoMitigate: true
      skipQueryValidation: true // the tables of a new workspace appear with their first rows
      criteria: {
        allOf: [
          {
            query: each.query
            timeAggregation: 'Count'
            operator: each.operator
            threshold: each.threshold
            failingPeriods: { numberOfEvaluationPeriods: 1, minFailingPeriodsToAlert: 1 }
          }
        ]
      }
      actions: { actionGroups: empty(alarmMailbox) ? [] : [mail.id] }
    }
  }
]

output insightsName string = insights.name
output insightsConnection string = insights.properties.ConnectionString
