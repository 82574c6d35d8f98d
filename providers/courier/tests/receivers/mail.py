"""A mail server for tests: `mail.py tls|starttls <folder>`. Says its port, and keeps what it takes in the folder.

Whoever is not logged in is not let in. `nobody@` does not exist, `later@` comes at the third try, `policy@` is not let in.
"""

import asyncio
import json
import pathlib
import ssl
import sys

import trustme
from aiosmtpd.smtp import SMTP, AuthResult, LoginPassword

way, folder = sys.argv[1], pathlib.Path(sys.argv[2])
authority = trustme.CA()
authority.cert_pem.write_to_path(folder / "ca.pem")
context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
authority.issue_cert("localhost").configure_cert(context)


class Box:
    taken = 0
    tries = 0

    async def handle_RCPT(self, server, session, envelope, address, options):
        name = address.split("@")[0]
        if name == "nobody":
            return "550 5.1.1 there is nobody of that name"
        if name == "policy":
            return "550 5.7.1 not from there"
        if name == "later":
            Box.tries += 1
            if Box.tries < 3:
                return "451 4.3.0 later"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):
        Box.taken += 1
        (folder / f"{Box.taken}.eml").write_bytes(envelope.original_content)
        # From the first byte on it is the connection's matter, which the session does not know of.
        facts = {"to": envelope.rcpt_tos, "from": envelope.mail_from, "tls": way == "tls" or session.ssl is not None}
        (folder / f"{Box.taken}.json").write_text(json.dumps(facts))
        return "250 OK"


def login(server, session, envelope, mechanism, data):
    fine = isinstance(data, LoginPassword) and data.login == b"imprint" and data.password == b"geheim"
    # What is not handled here is answered by the server: 535.
    return AuthResult(success=fine, handled=fine)


def talk():
    return SMTP(
        Box(),
        authenticator=login,
        auth_required=True,
        auth_require_tls=way == "starttls",
        require_starttls=way == "starttls",
        tls_context=context if way == "starttls" else None,
        hostname="localhost",
    )


async def main():
    loop = asyncio.get_running_loop()
    server = await loop.create_server(talk, "127.0.0.1", 0, ssl=context if way == "tls" else None)
    print(server.sockets[0].getsockname()[1], flush=True)
    # The end of the test is the end of its pipe.
    await loop.run_in_executor(None, sys.stdin.read)


asyncio.run(main())
