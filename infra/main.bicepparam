// What one deployment chooses; everything else keeps the defaults of main.bicep. azd sets the variables from `azd env set NAME VALUE`.
using 'main.bicep'

param location = readEnvironmentVariable('AZURE_LOCATION', 'francecentral')
param environmentName = readEnvironmentVariable('AZURE_ENV_NAME', 'releve')
param alarmMailbox = readEnvironmentVariable('RELEVE_ALARM_MAILBOX', '')
param fixedOutgoingAddress = bool(readEnvironmentVariable('RELEVE_FIXED_OUTGOING_ADDRESS', 'false'))
