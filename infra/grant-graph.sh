#!/bin/sh
# Grants the app its permissions in Microsoft Graph and Exchange Online, which no Bicep file can. Asks for nothing that it already has.
# Needs: az, signed in as Privileged Role Administrator (or Global Administrator) of the Microsoft 365 tenant.
#
#   infra/grant-graph.sh OBJECT_ID PURPOSE...
#
# OBJECT_ID is the service principal's object id: of the managed identity (output identityPrincipalId), or of the enterprise
# application that belongs to an app registration. Not the registration's own object id.
# PURPOSE is one of: imap accounts passwords domains notices writer scan addresses order lists items admin tenant. docs/deploying.md says what each is for.
set -eu

graph=${GRAPH_BASE_URL:-https://graph.microsoft.com}/v1.0
graph_app=00000003-0000-0000-c000-000000000000
exchange_app=00000002-0000-0ff1-ce00-000000000000

usage() {
  sed -n '5,9s/^# \{0,1\}//p' "$0" >&2
  exit 64
}

permissions() {
  case $1 in
    imap) echo "$exchange_app IMAP.AccessAsApp" ;;
    accounts)
      echo "$graph_app User.ReadWrite.All"
      echo "$graph_app LicenseAssignment.ReadWrite.All"
      echo "$graph_app LicenseAssignment.Read.All"
      echo "$graph_app MailboxSettings.Read"
      ;;
    passwords)
      echo "$graph_app User-PasswordProfile.ReadWrite.All"
      echo "$graph_app UserAuthenticationMethod.ReadWrite.All"
      ;;
    domains) echo "$graph_app Domain.Read.All" ;;
    notices) echo "$graph_app Mail.Send" ;;
    writer)
      echo "$graph_app Mail.ReadWrite"
      echo "$graph_app Mail-Advanced.ReadWrite.All"
      ;;
    scan) echo "$graph_app Group.Read.All" ;;
    addresses) echo "$graph_app User.Read.All" ;;
    items)
      echo "$graph_app Contacts.ReadWrite"
      echo "$graph_app Calendars.ReadWrite"
      echo "$graph_app Tasks.ReadWrite.All"
      ;;
    tenant)
      echo "$graph_app Domain.Read.All"
      echo "$graph_app LicenseAssignment.Read.All"
      echo "$graph_app User.Read.All"
      echo "$graph_app Group.Read.All"
      echo "$graph_app OrgContact.Read.All"
      ;;
    order) echo "$graph_app Reports.Read.All" ;;
    admin) echo "$exchange_app Exchange.ManageAsApp" ;;
    lists)
      echo "$graph_app Group.Read.All"
      echo "$graph_app User.Read.All"
      echo "$graph_app OrgContact.Read.All"
      ;;
    *)
      echo "$1 is no purpose; there are: imap accounts passwords domains notices writer scan addresses order lists items admin tenant." >&2
      return 64
      ;;
  esac
}

# One value out of an answer; nothing where there is none.
ask() {
  az rest --method get --url "$1" --query "$2" --output tsv
}

grant() {
  resource=$(ask "$graph/servicePrincipals(appId='$1')?\$select=id" id)
  role=$(ask "$graph/servicePrincipals/$resource?\$select=appRoles" \
    "appRoles[?value=='$2' && contains(allowedMemberTypes, 'Application')].id | [0]")
  if [ -z "$role" ]; then
    echo "$2 is no application permission of this tenant's service $1. Check its name in the portal (Enterprise applications)." >&2
    return 1
  fi
  has=$(ask "$graph/servicePrincipals/$principal/appRoleAssignments?\$top=999" \
    "value[?appRoleId=='$role' && resourceId=='$resource'].id | [0]")
  if [ -n "$has" ]; then
    echo "has      $2"
    return
  fi
  az rest --method post --url "$graph/servicePrincipals/$principal/appRoleAssignments" \
    --headers Content-Type=application/json --output none \
    --body "{\"principalId\":\"$principal\",\"resourceId\":\"$resource\",\"appRoleId\":\"$role\"}"
  echo "granted  $2"
}

[ $# -ge 2 ] || usage
principal=$1
shift
wanted=''
for purpose in "$@"; do
  wanted="$wanted$(permissions "$purpose")
"
done
printf '%s' "$wanted" | while read -r app permission; do grant "$app" "$permission" </dev/null; done
