type About = { id: string; to: string }

const crlf = (text: string) => Buffer.from(text.replaceAll('\n', '\r\n'))

/** A report of Postfix: nobody has that address. */
export function postfix({ id, to }: About): Buffer {
  return crlf(`Return-Path: <>
Date: Mon, 7 Apr 2025 09:12:01 +0200 (CEST)
From: MAILER-DAEMON@mx.adm.example (Mail Delivery System)
Subject: Undelivered Mail Returned to Sender
To: back@adm.example
Auto-Submitted: auto-replied
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status;
\tboundary="4Z1a2b3c.1744009921/mx.adm.example"
Message-Id: <20250407071201.4Z1a2b3c@mx.adm.example>

This is a MIME-encapsulated message.

--4Z1a2b3c.1744009921/mx.adm.example
Content-Description: Notification
Content-Type: text/plain; charset=us-ascii

This is the mail system at host mx.adm.example.

<${to}>: host mx.sud.example[192.0.2.7] said: 550 5.1.1
    <${to}>: Recipient address rejected: User unknown (in reply to RCPT TO command)

--4Z1a2b3c.1744009921/mx.adm.example
Content-Description: Delivery report
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.adm.example
X-Postfix-Queue-ID: 4Z1a2b3c
X-Postfix-Sender: rfc822; back@adm.example
Arrival-Date: Mon,  7 Apr 2025 09:12:00 +0200 (CEST)

Final-Recipient: rfc822; ${to}
Original-Recipient: rfc822;${to}
Action: failed
Status: 5.1.1
Remote-MTA: dns; mx.sud.example
Diagnostic-Code: smtp; 550 5.1.1 <${to}>: Recipient address
    rejected: User unknown

--4Z1a2b3c.1744009921/mx.adm.example
Content-Description: Undelivered Message
Content-Type: message/rfc822

Return-Path: <back@adm.example>
From: IT <it@adm.example>
To: ${to}
Subject: =?UTF-8?Q?Votre_bo=C3=AEte?=
Message-ID: ${id}
MIME-Version: 1.0
Content-Type: text/plain; charset=utf-8

Bonjour

--4Z1a2b3c.1744009921/mx.adm.example--
`)
}

/** A non-delivery report of Exchange: its parts are nested, only the header of the letter came back, and its Message-ID is folded. */
export function exchange({ id, to }: About): Buffer {
  return crlf(`From: Microsoft Outlook
\t<MicrosoftExchange329e71ec88ae4615bbc36ab6ce41109e@adm.example>
To: <back@adm.example>
Date: Mon, 7 Apr 2025 07:12:03 +0000
Content-Type: multipart/report; report-type=delivery-status;
\tboundary="b1_outer"
X-MS-Exchange-Message-Is-Ndr:
Content-Language: en-US
Message-ID: <6d2f@AM0P.adm.example>
In-Reply-To: ${id}
References: ${id}
Subject: Undeliverable: =?utf-8?B?Vm90cmUgYm/DrnRl?=
Auto-Submitted: auto-replied
MIME-Version: 1.0

--b1_outer
Content-Type: multipart/alternative; differences=Content-Type;
\tboundary="b2_inner"

--b2_inner
Content-Type: text/plain; charset="us-ascii"
Content-Transfer-Encoding: quoted-printable

Delivery has failed to these recipients or groups:
${to}<mailto:${to.replace('=', '=3D')}>

--b2_inner
Content-Type: text/html; charset="us-ascii"

<html><body><p>Delivery has failed to these recipients or groups:</p></body></html>

--b2_inner--

--b1_outer
Content-Type: message/delivery-status

Reporting-MTA: dns;AM0P.adm.example
Received-From-MTA: dns;mail.adm.example
Arrival-Date: Mon, 7 Apr 2025 07:12:02 +0000

Original-Recipient: rfc822;${to}
Final-Recipient: rfc822;${to}
Action: failed
Status: 5.1.10
Diagnostic-Code: smtp;550 5.1.10 RESOLVER.ADR.RecipientNotFound; Recipient not found by SMTP address lookup
X-Display-Name: Anna

--b1_outer
Content-Type: message/rfc822

From: IT <it@adm.example>
To: ${to}
Subject: =?utf-8?B?Vm90cmUgYm/DrnRl?=
Message-ID:
\t${id}
MIME-Version: 1.0
Content-Type: text/plain

--b1_outer--
`)
}

/** What qmail writes: no parts, the letter below a line. */
export function qmail({ id, to }: About): Buffer {
  return crlf(`Return-Path: <>
From: MAILER-DAEMON@mx.sud.example
To: back@adm.example
Subject: failure notice
Date: 7 Apr 2025 07:12:01 -0000

Hi. This is the qmail-send program at mx.sud.example.
I'm afraid I wasn't able to deliver your message to the following addresses.
This is a permanent error; I've given up. Sorry it didn't work out.

<${to}>:
Sorry, no mailbox here by that name. (#5.1.1)

--- Below this line is a copy of the message.

Return-Path: <back@adm.example>
Received: from mx.adm.example (192.0.2.1) by mx.sud.example
From: IT <it@adm.example>
Message-ID: ${id}

Bonjour
`)
}

/** What Exim writes where it makes no report of parts. */
export function exim({ id, to }: About): Buffer {
  return crlf(`Return-path: <>
From: Mail Delivery System <Mailer-Daemon@mx.sud.example>
To: back@adm.example
Auto-Submitted: auto-replied
X-Failed-Recipients: ${to}
Subject: Mail delivery failed: returning message to sender

This message was created automatically by mail delivery software.

A message that you sent could not be delivered to one or more of its
recipients. This is a permanent error. The following address(es) failed:

  ${to}
    host mx2.sud.example [192.0.2.9]
    SMTP error from remote mail server after RCPT TO:<${to}>:
    550 5.1.1 User unknown

------ This is a copy of the message, including all the headers. ------

Return-path: <back@adm.example>
Message-ID: ${id}

Bonjour
`)
}

/** What an old Sendmail writes. */
export function sendmail({ id, to }: About): Buffer {
  return crlf(`From: Mail Delivery Subsystem <MAILER-DAEMON@mx.sud.example>
To: back@adm.example
Subject: Returned mail: see transcript for details

The original message was received at Mon, 7 Apr 2025 09:12:00 +0200

   ----- The following addresses had permanent fatal errors -----
<${to}>
    (reason: 550 5.1.1 <${to}>... User unknown)

   ----- Transcript of session follows -----
550 5.1.1 User unknown

   ----- Original message follows -----
Message-Id: ${id}

Bonjour
`)
}

/** What Exchange 2003 writes to its own: neither a part for programs nor the Message-ID of the letter. */
export function exchange2003({ to, subject }: { to: string; subject: string }): Buffer {
  return crlf(`From: System Administrator <postmaster@adm.example>
To: back@adm.example
Subject: Undeliverable: ${subject}
MIME-Version: 1.0
Content-Type: text/plain; charset=utf-8
Content-Transfer-Encoding: 8bit

Your message did not reach some or all of the intended recipients.

      Subject:\t${subject}
      Sent:\t7/04/2025 9:12

The following recipient(s) could not be reached:

      ${to} on 7/04/2025 9:12
            The e-mail account does not exist at the organization this message was sent to.
            <mx.sud.example #5.1.1>
`)
}

/** A report of Postfix that it still tries. */
export function delayed({ id, to }: About): Buffer {
  return crlf(`Date: Mon, 7 Apr 2025 13:12:01 +0200 (CEST)
From: MAILER-DAEMON@mx.adm.example (Mail Delivery System)
Subject: Delayed Mail (still being retried)
To: back@adm.example
Auto-Submitted: auto-replied
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary="delay"

--delay
Content-Type: text/plain; charset=us-ascii

THIS IS A WARNING ONLY. YOU DO NOT NEED TO RESEND YOUR MESSAGE.

--delay
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.adm.example
Arrival-Date: Mon,  7 Apr 2025 09:12:00 +0200 (CEST)

Final-Recipient: rfc822; ${to}
Original-Recipient: rfc822;${to}
Action: delayed
Status: 4.4.1
Diagnostic-Code: X-Postfix; connect to mx.sud.example[192.0.2.7]:25: Connection
    timed out
Will-Retry-Until: Sat, 12 Apr 2025 09:12:00 +0200 (CEST)

--delay
Content-Type: text/rfc822-headers

From: IT <it@adm.example>
To: ${to}
Message-ID: ${id}

--delay--
`)
}
